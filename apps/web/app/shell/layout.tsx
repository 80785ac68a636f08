/** The common shell: brand, navigation by permission, account, language and theme. Errors below it keep it standing. */
import { Outlet } from 'react-router';
import { ErrorScreen } from './errors.tsx';
import { Frame } from './frame.tsx';

export default function ShellLayout() {
  return <Frame><Outlet /></Frame>;
}

export function ErrorBoundary() {
  return <Frame><ErrorScreen /></Frame>;
}
