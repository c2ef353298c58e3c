package io.llmplatform.bench.upstream;

import io.vertx.core.buffer.Buffer;
import java.util.Locale;

/** The bytes of the answers, as OpenAI sends them, made once. */
final class Wire {
    private static final String ID = "chatcmpl-BenchBenchBenchBenchBenchBenc";
    private static final String TEXT =
            "A gateway stands between those who ask and those who answer. It knows who may ask, how much, "
                    + "and what it cost; it keeps the account, and otherwise stays out of the way.";

    private Wire() {}

    static Buffer completion() {
        return Buffer.buffer("""
                {"id":"%s","object":"chat.completion","created":1760000000,"model":"upstream","choices":[{"index":0,\
                "message":{"role":"assistant","content":"%s","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],\
                "usage":%s,"service_tier":"default","system_fingerprint":"fp_bench"}""".formatted(ID, TEXT, usage(40)));
    }

    /** Everything of a stream in order, one element for each write. */
    static Buffer[] stream(int chunks) {
        var events = new Buffer[chunks + 4];
        events[0] = chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
        for (int i = 1; i <= chunks; i++) {
            events[i] = chunk("{\"content\":\"" + content(i) + "\"}", "null");
        }
        events[chunks + 1] = chunk("{}", "\"stop\"");
        events[chunks + 2] = event("\"choices\":[],\"usage\":" + usage(chunks * 5));
        events[chunks + 3] = Buffer.buffer("data: [DONE]\n\n");
        return events;
    }

    private static String content(int number) {
        return String.format(Locale.ROOT, " chunk %06d of some", number);
    }

    private static Buffer chunk(String delta, String finish) {
        return event("\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finish
                + "}],\"usage\":null");
    }

    private static Buffer event(String rest) {
        return Buffer.buffer("data: {\"id\":\"" + ID + "\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,"
                + "\"model\":\"upstream\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\"," + rest
                + "}\n\n");
    }

    private static String usage(int completion) {
        return "{\"prompt_tokens\":200,\"completion_tokens\":" + completion + ",\"total_tokens\":" + (200 + completion)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0}}";
    }
}
