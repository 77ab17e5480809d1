// How many times a second this engine verifies one signed credential, on one core. Reads {document, pages} from stdin
// and writes the rate; used by the measurements only.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {text} from 'node:stream/consumers';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const {document, dids, pages} = JSON.parse(await text(process.stdin));

async function documentLoader(url) {
  const [did] = url.split('#');
  const method = dids[did]?.verificationMethod.find(({id}) => id === url);
  const found = method ? {'@context': MULTIKEY, ...method} : dids[url] ?? pages[url];
  if(!found) {
    throw new Error(`not at hand: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: found, tag: 'static'};
}

async function once() {
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await vc.verifyCredential({credential: structuredClone(document), suite, documentLoader});
  if(!result.verified) {
    throw result.error;
  }
}

async function rate(seconds) {
  const begin = performance.now();
  let done = 0;
  while(performance.now() - begin < seconds * 1000) {
    await once();
    done++;
  }
  return done * 1000 / (performance.now() - begin);
}

await rate(1);
process.stdout.write(String(await rate(2)));
