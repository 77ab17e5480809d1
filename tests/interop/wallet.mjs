// A wallet made with `openid-client`: it makes itself known, is let in, and exchanges badges.
// argv: the origin of the provider and a badge to bring (JSON). Writes {open: address} and reads, as a line,
// the address the browser was sent back to; in the end writes {done: what it saw}.
import * as oauth from 'openid-client';
import {createInterface} from 'node:readline/promises';

const [, , origin, badge] = process.argv;
const lines = createInterface({input: process.stdin});
const say = message => process.stdout.write(`${JSON.stringify(message)}\n`);

const description = await (await fetch(`${origin}/ims/ob/v3p0/discovery`)).json();
const security = description.components.securitySchemes.OAuth2ACG;
const asked = Object.keys(security.flows.authorizationCode.scopes);
const redirect_uri = 'https://wallet.example/back';
const config = await oauth.dynamicClientRegistration(
  new URL(origin),
  {
    client_name: 'Pocket Wallet',
    client_uri: 'https://wallet.example/',
    redirect_uris: [redirect_uri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    scope: [...asked, 'offline_access'].join(' '),
    token_endpoint_auth_method: 'client_secret_basic',
  },
  oauth.ClientSecretBasic(),
  {algorithm: 'oauth2', execute: [oauth.allowInsecureRequests]},
);
const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
const expectedState = oauth.randomState();
const start = oauth.buildAuthorizationUrl(config, {
  redirect_uri,
  scope: [...asked, 'offline_access'].join(' '),
  state: expectedState,
  code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
});
say({open: start.href});
const {value: back} = await lines[Symbol.asyncIterator]().next();
const first = await oauth.authorizationCodeGrant(config, new URL(back), {pkceCodeVerifier, expectedState});
const tokens = await oauth.refreshTokenGrant(config, first.refresh_token);

const [server] = description.servers;
async function ask(method, path, body, type) {
  const headers = type ? new Headers({'content-type': type}) : undefined;
  const address = new URL(`${server.url}${path}`);
  const answer = await oauth.fetchProtectedResource(config, tokens.access_token, address, method, body, headers);
  return {status: answer.status, total: answer.headers.get('x-total-count'), text: await answer.text()};
}

const profile = JSON.parse((await ask('GET', '/profile')).text);
const brought = await ask('POST', '/credentials', badge, 'application/json');
const again = await ask('POST', '/credentials', badge, 'application/json');
const listed = await ask('GET', '/credentials?limit=10');
await oauth.tokenRevocation(config, tokens.access_token);
await oauth.tokenRevocation(config, tokens.refresh_token, {token_type_hint: 'refresh_token'});
const refused = await ask('GET', '/credentials').catch(error => ({status: error.status ?? error.cause?.[0]?.scheme}));
const renewed = await oauth.refreshTokenGrant(config, tokens.refresh_token).catch(error => error.error);
say({done: {
  scopes: tokens.scope, profile, brought, again, refused, renewed,
  total: listed.total, ids: JSON.parse(listed.text).credential.map(({id}) => id),
}});
lines.close();
