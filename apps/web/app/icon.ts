/** An icon of `lucide-react`, as the build makes it: see `plugins.ts`. */
import { createElement, type SVGProps } from 'react';

type Part = [tag: string, attributes: Record<string, string>];

const look = { width: 24, height: 24, viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 2, strokeLinecap: 'round', strokeLinejoin: 'round', 'aria-hidden': true } as const;

export default function drawn({ node }: { node: Part[] }) {
  return ({ className, ...props }: SVGProps<SVGSVGElement>) =>
    createElement('svg', { ...look, ...props, className: className ? `lucide ${className}` : 'lucide' }, ...node.map(([tag, attributes]) => createElement(tag, attributes)));
}
