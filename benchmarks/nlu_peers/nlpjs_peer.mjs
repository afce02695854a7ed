// nlp.js with its Indonesian package: `node nlpjs_peer.mjs FOLDER` (see README.md).
import fs from 'node:fs'
import path from 'node:path'
import { containerBootstrap } from '@nlpjs/core'
import { Nlp } from '@nlpjs/nlp'
import { LangId } from '@nlpjs/lang-id'

const MOST = 10
const folder = process.argv[2]
const rows = (name) =>
  fs.readFileSync(path.join(folder, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line))
const seconds = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6 }

const container = await containerBootstrap()
container.use(Nlp)
container.use(LangId)
const nlp = container.get('nlp')
nlp.settings.autoSave = false
nlp.settings.log = false
nlp.addLanguage('id')
for (const row of rows('examples.jsonl')) nlp.addDocument('id', row.text, row.intent)
const began = seconds()
await nlp.train()
const trained = seconds()
const messages = rows('messages.jsonl')
const rankings = []
for (const message of messages) {
  const { classifications } = await nlp.process('id', message.text)
  rankings.push(classifications.slice(0, MOST).map((one) => [one.intent, one.score]))
}
const asked = seconds()
fs.writeFileSync(path.join(folder, 'nlpjs.answers.json'), JSON.stringify({
  training_seconds: trained - began,
  milliseconds: ((asked - trained) * 1000) / messages.length,
  rankings
}))
