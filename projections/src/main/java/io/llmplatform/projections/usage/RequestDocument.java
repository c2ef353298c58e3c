package io.llmplatform.projections.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The search document of a request: the record as it came, and every text of it in the field that free text is searched in. */
final class RequestDocument {
    private RequestDocument() {}

    /** @param value the JSON that the record was read from */
    static byte[] of(UsageRecords.Read read, byte[] value) {
        var record = read.record();
        var all = ContractJson.mapper().writeValueAsString(texts(record));
        // Only what is wholly as our gateway writes it: anything else could mean something else to the index than to
        // us.
        var json = oneLine(value) && read.asWritten()
                ? value
                : ContractJson.mapper().writeValueAsBytes(record);
        int end = lastBrace(json);
        var added = (",\"all\":" + all + "}").getBytes(StandardCharsets.UTF_8);
        var body = Arrays.copyOf(json, end + added.length);
        System.arraycopy(added, 0, body, end, added.length);
        return body;
    }

    /** Counts, times and costs are left out: those are looked for as ranges of their fields, never as words. */
    private static Set<String> texts(UsageRecord record) {
        var texts = new LinkedHashSet<String>(32);
        add(texts, record.requestId());
        add(texts, record.userId());
        add(texts, record.teamId());
        add(texts, record.apiKeyId());
        add(texts, record.endpoint());
        add(texts, record.model());
        add(texts, record.servedModel());
        add(texts, record.deployment());
        add(texts, record.providerId());
        add(texts, record.upstreamModel());
        add(texts, record.outcome() == null ? null : record.outcome().wire());
        add(texts, Integer.toString(record.status()));
        add(texts, record.errorCode());
        if (record.trail() != null) {
            record.trail().forEach(attempt -> {
                add(texts, attempt.deployment());
                add(texts, attempt.result());
            });
        }
        if (record.metadata() != null) {
            record.metadata().values().forEach(text -> add(texts, text));
        }
        add(texts, record.ip());
        add(texts, record.userAgent());
        add(texts, record.gateway());
        return texts;
    }

    private static void add(Set<String> texts, @Nullable String text) {
        if (text != null) {
            texts.add(text);
        }
    }

    private static boolean oneLine(byte[] json) {
        for (byte b : json) {
            if (b == '\n' || b == '\r') {
                return false;
            }
        }
        return true;
    }

    private static int lastBrace(byte[] json) {
        int end = json.length - 1;
        while (json[end] != '}') {
            end--;
        }
        return end;
    }
}
