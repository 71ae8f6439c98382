// The access token: from the address, else from the cookie that a launcher set. It goes into a header, nowhere else.

const COOKIE = 'pnm_access_token';

/** The token as the real client finds it: the address wins, and the cookie is not decoded. "" when there is none. */
export function readToken(search = location.search, cookies = document.cookie) {
  const fromAddress = new URLSearchParams(search).get('access_token');
  if (fromAddress) return fromAddress;
  for (const part of cookies.split(';')) {
    const [name, ...value] = part.trim().split('=');
    if (name === COOKIE) return value.join('=');
  }
  return '';
}

/** The real client refuses plain http everywhere but on the very name `localhost` (127.0.0.1 is refused too). */
export const isSecurePlace = ({ protocol, hostname } = location) => protocol !== 'http:' || hostname === 'localhost';
