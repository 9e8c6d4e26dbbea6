/**
 * Hands the theme's tokens to the kit's style sheet as custom properties, so that light, dark and large follow without a second set of
 * colours. Dialogs are drawn outside the page and wrap their content in a surface of their own.
 */
import { theme } from 'antd';
import { type CSSProperties, type ReactNode, useMemo } from 'react';
import './kit.css';

interface SurfaceProps {
  readonly children: ReactNode;
  readonly className?: string;
}

export function Surface({ children, className = '' }: SurfaceProps) {
  const { token } = theme.useToken();
  const style = useMemo(
    () =>
      ({
        '--kit-text': token.colorText,
        '--kit-muted': token.colorTextSecondary,
        '--kit-border': token.colorBorderSecondary,
        '--kit-card': token.colorBgContainer,
        '--kit-fill': token.colorFillQuaternary,
        '--kit-primary': token.colorPrimary,
        '--kit-primary-soft': token.colorPrimaryBg,
        '--kit-danger-soft': token.colorErrorBg,
        '--kit-care-soft': token.colorWarningBg,
        '--kit-done-soft': token.colorSuccessBg,
        '--kit-plain-soft': token.colorFillTertiary,
        '--kit-danger': token.colorErrorText,
        '--kit-care': token.colorWarningText,
        '--kit-done': token.colorSuccessText,
        '--kit-radius': `${token.borderRadiusLG}px`,
      }) as CSSProperties,
    [token],
  );
  return (
    <div className={`kit ${className}`.trim()} style={style}>
      {children}
    </div>
  );
}
