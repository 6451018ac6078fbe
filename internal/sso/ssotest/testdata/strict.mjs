// A provider by oidc-provider in its strict settings, for tests: where its package is, where browsers go back to, what
// Skein is to it, and its people by the name that they type, with what is said of them. It says on which port it listens.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [modules, back, id, secret, told] = process.argv.slice(2);
const people = JSON.parse(told);
const { default: Provider } = await import(pathToFileURL(`${modules}/oidc-provider/lib/index.js`));

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const scopes = ['openid', 'email', 'profile', 'groups'];
let provider;

const page = `<!doctype html><html lang="en"><title>The organisation’s accounts</title>
<form method="post"><label>Who are you? <input name="login"></label><button>Come in</button></form></html>`;

const server = createServer(async (request, response) => {
  if (!request.url.startsWith('/login/')) {
    provider.callback()(request, response);
    return;
  }
  if (request.method !== 'POST') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page);
    return;
  }
  let body = '';
  for await (const part of request) body += part;
  const accountId = new URLSearchParams(body).get('login');
  const result = people[accountId] ? { login: { accountId } } : { error: 'access_denied', error_description: 'Nobody here.' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
});

server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  provider = new Provider(issuer, {
    clients: [{
      client_id: id, client_secret: secret, redirect_uris: [back], response_types: ['code'], grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic',
    }],
    jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: 'one' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    conformIdTokenClaims: true,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
    ttl: { AuthorizationCode: 60, IdToken: 60, AccessToken: 60, Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope(scopes.join(' '));
      await grant.save();
      return grant;
    },
  });
  console.log(`ready ${issuer}`);
});

process.stdin.resume().on('end', () => process.exit(0)); // with the test that started it
