const KEY = 'chairside.token';

/**
 * The token that the station printed. It arrives in the fragment, which no server and no log ever sees, leaves the
 * address bar at once, and stays for reloads of this tab only.
 */
export function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return sessionStorage.getItem(KEY);
  sessionStorage.setItem(KEY, token);
  history.replaceState(null, '', location.pathname + location.search);
  return token;
}
