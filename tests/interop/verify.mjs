// Judge one credential with two independent verifiers, offline. Reads a job from stdin:
// {document, dids: {did: document}, pages: {address: JSON document}}; writes {engine: {valid, reason}}.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {text} from 'node:stream/consumers';

const {document, dids, pages} = JSON.parse(await text(process.stdin));

// Everything the engines would fetch is answered from the job; anything else is refused.
globalThis.fetch = async request => {
  const address = typeof request === 'string' ? request : request.url ?? String(request);
  const page = pages[address];
  return page === undefined ?
    new Response('not found', {status: 404}) :
    new Response(JSON.stringify(page), {headers: {'content-type': 'application/json'}});
};
// Loaded after fetch is replaced, since it keeps a reference.
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

const MULTIKEY = 'https://w3id.org/security/multikey/v1';

async function documentLoader(url) {
  const [did] = url.split('#');
  const method = dids[did]?.verificationMethod.find(({id}) => id === url);
  const found = method ? {'@context': MULTIKEY, ...method} : dids[url] ?? pages[url];
  if(!found) {
    throw new Error(`not at hand: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: found, tag: 'static'};
}

async function digitalBazaar() {
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await vc.verifyCredential({
    credential: structuredClone(document), suite, documentLoader,
    ...(document.credentialStatus ? {checkStatus} : {}),
  });
  // The engine reports a set bit without calling the credential unverified.
  const clear = (result.statusResult?.results ?? []).every(({status}) => status === false);
  const reason = clear ? explain(result.error ?? result.statusResult?.error) : 'the status bit is set';
  return {valid: result.verified === true && clear, reason};
}

async function verifierCore() {
  const result = await verifyCredential({credential: structuredClone(document), knownDIDRegistries: []});
  const log = Object.fromEntries((result.log ?? []).map(entry => [entry.id, entry]));
  const schemas = result.additionalInformation?.flatMap(({results}) => results ?? []) ?? [];
  const wanted = ['valid_signature', 'expiration', ...(document.credentialStatus ? ['revocation_status'] : [])];
  const steps = wanted.filter(id => log[id]?.valid !== true);
  const shapes = schemas.filter(({result: schema}) => schema.valid !== true);
  const valid = steps.length === 0 && shapes.length === 0 && schemas.length > 0;
  return {valid, reason: valid ? '' : JSON.stringify({steps, shapes, errors: result.errors, log, schemas})};
}

function explain(error) {
  const inner = error?.errors ?? (error?.cause ? [error.cause] : []);
  return error ? [error.message, ...inner.map(explain)].join(': ') : '';
}

async function judge(engine) {
  try {
    return await engine();
  } catch(error) {
    return {valid: false, reason: explain(error)};
  }
}

const verdicts = {digitalbazaar: await judge(digitalBazaar), 'verifier-core': await judge(verifierCore)};
process.stdout.write(JSON.stringify(verdicts));
