// llama.cpp as a peer: the same weights (gguf.py), the same prompt tokens, the same number of threads.
// One JSON object a line in, one a line out; see README.md. The npm package node-llama-cpp brings llama.cpp's own build for this CPU.
import {readFileSync} from "node:fs";
import {createInterface} from "node:readline";
import {parseArgs} from "node:util";

const {values: options} = parseArgs({options: {
    model: {type: "string"}, threads: {type: "string", default: "2"}, context: {type: "string", default: "1024"},
    module: {type: "string", default: "node-llama-cpp"}, cache: {type: "string", default: "f16"},
    flash: {type: "string", default: "auto"},
}});
if (options.model === undefined) {
    console.error("usage: node peer.mjs --model FILE.gguf [--threads N] [--context TOKENS] [--cache f16|f32|q8_0] [--flash auto|on|off] [--module PATH]");
    process.exit(2);
}

const {getLlama, LlamaGrammar, LlamaGrammarEvaluationState, TokenBias} = await import(options.module);
const llama = await getLlama({gpu: false, build: "never", logLevel: "error"});
const loadStart = performance.now();
const model = await llama.loadModel({modelPath: options.model, gpuLayers: 0, useMmap: true});
const context = await model.createContext({
    contextSize: Number(options.context), batchSize: 512, threads: {ideal: Number(options.threads), min: Number(options.threads)},
    experimentalKvCacheKeyType: options.cache.toUpperCase(), experimentalKvCacheValueType: options.cache.toUpperCase(),
    flashAttention: options.flash === "auto" ? "auto" : options.flash === "on",
});
const sequence = context.getSequence();
const grammars = new Map();
console.log(JSON.stringify({
    ready: true, release: llama.llamaCppRelease, cpu: llama.systemInfo.trim(), threads: context.currentThreads,
    load_ms: performance.now() - loadStart, rss_bytes: process.memoryUsage.rss(),
}));

function grammarOf(file) {
    if (!grammars.has(file)) grammars.set(file, new LlamaGrammar(llama, {grammar: readFileSync(file, "utf8"), stopGenerationTriggers: []}));
    return new LlamaGrammarEvaluationState({model, grammar: grammars.get(file)});
}

// reuse: keep the longest common prefix of the cache (llama.cpp's own way to reuse a prompt); otherwise start from empty.
// force: these tokens, whatever the model says, each after a whole step with logits and greedy choice.
// grammar: a GBNF file. order "late" is that of llama.cpp's own programs: choose, then look whether the grammar takes the token (here it must);
// "early" is that of node-llama-cpp: the grammar looks at the whole vocabulary at every step.
async function answer({prompt, generate, stop = [], reuse = false, grammar, order = "early", force}) {
    const state = grammar === undefined ? undefined : grammarOf(grammar);
    // The last token is always computed again: its logits are what the answer starts from.
    if (reuse) await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
    else await sequence.clearHistory();
    const cached = sequence.nextTokenIndex;
    const rest = prompt.slice(cached);
    const start = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(rest.slice(0, -1));
    const prefilled = performance.now();
    const tokens = [];
    const count = generate ?? force?.length ?? 64;
    const isLate = order === "late" && state !== undefined;
    const options = {temperature: 0, yieldEogToken: true};
    if (state !== undefined && !isLate) {
        options.grammarEvaluationState = state;
        // The grammar must go along with what is forced, so a bias large enough decides.
        if (force !== undefined) options.tokenBias = () => {
            const bias = TokenBias.for(model);
            if (tokens.length < force.length) bias.set(force[tokens.length], {logit: 1e6});
            return bias;
        };
    }
    const steps = sequence.evaluate(rest.slice(-1), options);
    for (let instead; tokens.length < count;) {
        const {value, done} = await steps.next(instead);
        if (done) break;
        const token = force?.[tokens.length] ?? value;
        instead = token === value ? undefined : token;
        if (isLate && (force === undefined || tokens.length < force.length)) {
            if (!llama._bindings.AddonSampler.canBeNextTokenForGrammarEvaluationState(state._state, token)) {
                throw new Error(`the grammar refuses token ${token} after ${tokens.length} tokens`);
            }
            llama._bindings.AddonSampler.acceptGrammarEvaluationStateToken(state._state, token);
        }
        tokens.push(token);
        if (stop.includes(token)) break;
    }
    const end = performance.now();
    await steps.return();
    return {cached, prefill_ms: prefilled - start, decode_ms: end - prefilled, tokens, peak_bytes: process.resourceUsage().maxRSS * 1024};
}

for await (const line of createInterface({input: process.stdin})) {
    if (line.trim() === "") continue;
    try {
        console.log(JSON.stringify(await answer(JSON.parse(line))));
    } catch (problem) {
        console.log(JSON.stringify({error: String(problem)}));
    }
}
await llama.dispose();
