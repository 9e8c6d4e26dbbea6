/** A broken page never takes the desk with it, and never the draft: those are sealed by then. */
import { Component, type ReactNode } from 'react';
import { newReference } from './reference.ts';

interface ErrorBoundaryProps {
  /** A page that is opened anew gets another chance. */
  readonly place: string;
  readonly children: ReactNode;
  /** What stands in its place: a page inside the frame, or the whole window. */
  readonly broken: (reference: string, again: () => void) => ReactNode;
}

interface ErrorBoundaryState {
  readonly reference: string | undefined;
  readonly place: string;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { reference: undefined, place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { reference: newReference(error) };
  }

  static getDerivedStateFromProps(
    { place }: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): ErrorBoundaryState | null {
    return place === state.place ? null : { place, reference: undefined };
  }

  override render(): ReactNode {
    const { reference } = this.state;
    if (reference === undefined) return this.props.children;
    return this.props.broken(reference, () => this.setState({ reference: undefined }));
  }
}
