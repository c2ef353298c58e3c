/**
 * The Content-Security-Policy the console is built for. `vite preview` sends it, so that a violation is seen here
 * first; the front door and Nginx send the same. Styles stay open to `style=""` because Element Plus positions its
 * popups with it; scripts are strict: no inline, no eval.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
