// A participant on RTI Connext that does what standard input tells it and prints what it sees, one line each. See ../README.md.
// usage: node peer.js MODULES CONTRACT.xml TOPICS.json DOMAIN LEASE_MS
'use strict'
const fs = require('fs')
const os = require('os')
const path = require('path')
const readline = require('readline')

const [modules, contractXml, topicsJson, domain, leaseMs] = process.argv.slice(2)
const rti = require(path.join(modules, 'rticonnextdds-connector'))
const native = rti.connectorBinding

const contract = fs.readFileSync(contractXml, 'utf8').replace('domain_id="0"', `domain_id="${Number(domain)}"`)
const topics = Object.fromEntries(JSON.parse(fs.readFileSync(topicsJson, 'utf8')).topics.map(t => [t.topic, t]))
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'connext-peer-'))
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }))

const pollMs = 5
const ends = { reader: new Map(), writer: new Map() }
let opened = 0

const say = line => fs.writeSync(1, line + '\n')

// ---------------------------------------------------------------------------------------------- samples as JSON

// Integers of 64 bits do not survive JavaScript's numbers: they pass through as text that is marked.
const bigMark = '\u0001'
const parse = text => JSON.parse(text.replace(/([:[,]\s*)(-?\d{16,})(?=\s*[,\]}])/g, `$1"\\u0001$2"`))

// Member by member, because the JSON parser of Connector 1.5 refuses the smallest int64 and rounds denormal doubles to 0.
function fill (connector, name, prefix, value) {
  const check = code => { if (code !== 0) throw new Error(`${prefix}: return code ${code}`) }
  if (Array.isArray(value)) value.forEach((v, i) => fill(connector, name, `${prefix}[${i}]`, v))
  else if (typeof value === 'object') for (const key of Object.keys(value)) fill(connector, name, prefix ? `${prefix}.${key}` : key, value[key])
  else if (typeof value === 'boolean') check(native.RTI_Connector_set_boolean_into_samples(connector, name, prefix, value))
  else if (typeof value === 'number') check(native.RTI_Connector_set_number_into_samples(connector, name, prefix, value))
  else if (value.startsWith(bigMark)) check(native.RTI_Connector_set_string_into_samples(connector, name, prefix, value.slice(1)))
  else if (isDouble(prefix) && ['NaN', 'Infinity', '-Infinity'].includes(value)) check(native.RTI_Connector_set_number_into_samples(connector, name, prefix, Number(value)))
  else check(native.RTI_Connector_set_string_into_samples(connector, name, prefix, value))
}

const doubles = new Set([...contract.matchAll(/<member name="(\w+)" type="float64"/g)].map(m => m[1]))
const isDouble = member => doubles.has(member.replace(/\[\d+\]$/, '').split('.').pop())

// Doubles are asked for one by one: in the JSON of Connector 1.5 an infinity has no sign and a very small number is 0.
function print (end, index) {
  const text = [null]
  if (native.RTI_Connector_get_json_sample(end.connector.native, end.name, index + 1, text) !== 0) throw new Error('no JSON')
  const exact = (value, member) => {
    if (Array.isArray(value)) return value.map((v, i) => exact(v, `${member}[${i}]`))
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.keys(value).map(k => [k, exact(value[k], member ? `${member}.${k}` : k)]))
    }
    if (!isDouble(member)) return value
    const number = [null]
    native.RTI_Connector_get_number_from_sample(end.connector.native, number, end.name, index + 1, member)
    return Number.isFinite(number[0]) ? number[0] : String(number[0])
  }
  return JSON.stringify(exact(parse(text[0]), '')).replace(/"\\u0001(-?\d+)"/g, '$1')
}

// ---------------------------------------------------------------------------------------------- entities

const duration = ms => `<sec>${Math.floor(ms / 1000)}</sec><nanosec>${ms % 1000 * 1000000}</nanosec>`

// What an entry changes against idl/topics.json; all else comes from the generated profile.
function changes (topic, qos, role) {
  const changed = name => qos[name] !== undefined && qos[name] !== topics[topic][name]
  return [
    changed('reliability') && `<reliability><kind>${qos.reliability === 'reliable' ? 'RELIABLE' : 'BEST_EFFORT'}_RELIABILITY_QOS</kind></reliability>`,
    changed('durability') && `<durability><kind>${qos.durability === 'transient-local' ? 'TRANSIENT_LOCAL' : 'VOLATILE'}_DURABILITY_QOS</kind></durability>`,
    role === 'writer' && changed('ownershipStrength') && `<ownership_strength><value>${qos.ownershipStrength}</value></ownership_strength>`,
    role === 'writer' && changed('lifespanMs') && `<lifespan><duration>${duration(qos.lifespanMs)}</duration></lifespan>`
  ].filter(Boolean).join('')
}

function open (role, topic, qos) {
  const [group, end, endQos] = role === 'reader' ? ['subscriber', 'data_reader', 'datareader_qos'] : ['publisher', 'data_writer', 'datawriter_qos']
  const profiles = qos.ownership === 'exclusive' ? 'EcuStandbyQos' : 'EcuQos'
  const library = `<domain_participant_library name="Peer"><domain_participant name="Peer" domain_ref="EcuDomains::Ecu">
    <domain_participant_qos base_name="EcuQos::Loopback"><discovery_config>
      <participant_liveliness_lease_duration>${duration(Number(leaseMs))}</participant_liveliness_lease_duration>
      <participant_liveliness_assert_period>${duration(Number(leaseMs) / 4)}</participant_liveliness_assert_period>
    </discovery_config></domain_participant_qos>
    <${group} name="Group"><${end} name="${topic}" topic_ref="${topic}">
      <${endQos} base_name="${profiles}::${topic}">${changes(topic, qos, role)}</${endQos}>
    </${end}></${group}></domain_participant></domain_participant_library></dds>`
  const file = path.join(folder, `${++opened}.xml`)
  fs.writeFileSync(file, contract.replace('</dds>', library))
  const connector = new rti.Connector('Peer::Peer', file)
  const name = `Group::${topic}`
  const entity = role === 'reader' ? connector.getInput(name) : connector.getOutput(name)
  ends[role].set(topic, { connector, name, entity, topic, hold: qos.hold, matched: 0 })
}

async function close (role, topic) {
  const end = ends[role].get(topic)
  ends[role].delete(topic)
  await end.connector.close()
}

function write (topic, sample) {
  const end = ends.writer.get(topic)
  end.entity.clearMembers()
  fill(end.connector.native, end.name, '', sample)
  end.entity.write()
}

function take (end) {
  const { entity, topic } = end
  entity.take()
  const count = entity.samples.getLength()
  for (let i = 0; i < count; i++) {
    const info = entity.samples.get(i)
    if (info.validData) say(`sample ${topic} ${print(end, i)}`)
    else say(`gone ${topic} ${info.info.get('instance_state') === 'NOT_ALIVE_DISPOSED' ? 'disposed' : 'no-writers'}`)
  }
  entity.returnSamples()
  return count
}

// Connector tells of no status but data and matches, and its waits block one thread each: looking often is simpler and as quick.
function look () {
  for (const role of ['reader', 'writer']) {
    for (const end of ends[role].values()) {
      const matched = (role === 'reader' ? end.entity.matchedPublications : end.entity.matchedSubscriptions).length
      if (matched !== end.matched) say(`matched ${role} ${end.topic} ${end.matched = matched}`)
      if (role === 'reader' && !end.hold) take(end)
    }
  }
}

async function obey (line) {
  const [, verb, first, rest] = line.match(/^(\S+) (\S+) ?(.*)$/)
  try {
    let result = ''
    if (verb === 'reader' || verb === 'writer') open(verb, first, JSON.parse(rest))
    else if (verb === 'close') await close(first, result = rest)
    else if (verb === 'write') write(first, parse(rest))
    else if (verb === 'take') result = String(take(ends.reader.get(first)))
    else throw new Error('unknown verb')
    say(`done ${verb} ${first}${result && ' ' + result}`)
  } catch (e) {
    say(`refused ${verb} ${first}: ${e.message.trim().split('\n')[0]}`)
  }
}

async function main () {
  setInterval(look, pollMs)
  say('ready')
  for await (const line of readline.createInterface({ input: process.stdin })) await obey(line)
  for (const role of ['reader', 'writer']) for (const topic of [...ends[role].keys()]) await close(role, topic)
  process.exit(0)
}

main()
