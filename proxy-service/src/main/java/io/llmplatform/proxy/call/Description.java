package io.llmplatform.proxy.call;

import java.util.LinkedHashMap;
import java.util.Map;

/** Headers that tell how a request was served. */
final class Description {
    private Description() {}

    static Map<String, String> of(CallLedger ledger) {
        var out = new LinkedHashMap<String, String>();
        out.put("openai-processing-ms", Long.toString(ledger.arrival().elapsedMillis()));
        out.put("x-platform-attempts", Integer.toString(ledger.attempts()));
        var target = ledger.target();
        if (target != null) {
            out.put("x-platform-deployment", target.deploymentId());
            out.put("x-platform-model", target.model());
        }
        return out;
    }
}
