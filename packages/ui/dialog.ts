export { Dialog, DialogClose, DialogTrigger, type DialogProps } from './components/dialog.tsx';
