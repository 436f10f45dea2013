// A real identity provider (node-oidc-provider) with made-up people, on loopback.
// Started by tests/servers/identity.py, which tells it all it needs in the environment.
import { Provider } from 'oidc-provider';
import { createServer } from 'node:http';

const issuer = process.env.ISSUER;
const people = JSON.parse(process.env.PEOPLE);

// A page of our own: the provider's fetches its letters from elsewhere.
function ask(ctx, form) {
  ctx.body = `<!doctype html><html lang="sv"><title>Ut?</title>${form}<button form="op.logoutForm" name="logout" value="yes">avsluta</button></html>`;
}

const provider = new Provider(issuer, {
  clients: [{
    client_id: process.env.CLIENT,
    client_secret: process.env.SECRET,
    redirect_uris: JSON.parse(process.env.REDIRECTS),
    post_logout_redirect_uris: JSON.parse(process.env.AFTER),
  }],
  cookies: { keys: [process.env.SECRET] },
  claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true, logoutSource: ask },
  },
  interactions: { url: (_ctx, interaction) => `/vem/${interaction.uid}` },
  findAccount: (_ctx, sub) => people[sub] && ({
    accountId: sub,
    claims: () => ({ sub, ...people[sub] }),
  }),
});

// Whoever is named is signed in: the page asks no password, for it is nobody's.
async function enter(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  const person = new URL(request.url, issuer).searchParams.get('person');
  if (!person) {
    const button = (sub) => `<button name="person" value="${sub}">${sub}</button>`;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="sv"><title>Vem?</title><form>${Object.keys(people).map(button).join('')}<button name="person" value="-">avbryt</button></form></html>`);
    return;
  }
  if (person === '-') {
    await provider.interactionFinished(request, response, { error: 'access_denied' });
    return;
  }
  const grant = new provider.Grant({ accountId: person, clientId: params.client_id });
  grant.addOIDCScope('openid email profile');
  const login = { accountId: person, amr: people[person].amr };
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { login, consent });
}

const inside = provider.callback();
createServer((request, response) => {
  if (request.url.startsWith('/vem/')) enter(request, response);
  else inside(request, response);
}).listen(Number(new URL(issuer).port), '127.0.0.1');

// It ends when whoever started it lets go.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
