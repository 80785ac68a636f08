import { Component, type ReactNode } from 'react';

interface BoundaryProps { children: ReactNode; fallback: (again: () => void) => ReactNode; onAgain: () => void }

/** Where the editor could not be fetched, the source is better than nothing, until it is tried again. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  again = () => { this.props.onAgain(); this.setState({ failed: false }); };
  override render = () => (this.state.failed ? this.props.fallback(this.again) : this.props.children);
}
