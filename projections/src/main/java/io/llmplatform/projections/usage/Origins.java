package io.llmplatform.projections.usage;

import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.personal.PersonSeal;
import io.llmplatform.contracts.personal.PersonalData;
import io.llmplatform.contracts.usage.UsageRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens where people called from. A gateway says the same sealed text again as long as it remembers it, so most are known already;
 * that their key still stands is asked each time.
 */
final class Origins {
    private static final int REMEMBERED = 20_000;

    private final Map<String, String> opened = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @return the record itself when nothing in it is sealed */
    synchronized UsageRecord opened(UsageRecord record, PersonKeys keys) {
        var userId = record.userId();
        if (userId == null || !(isSealed(record.ip()) || isSealed(record.userAgent()))) {
            return record;
        }
        return record.from(open(record.ip(), userId, keys), open(record.userAgent(), userId, keys));
    }

    private @Nullable String open(@Nullable String text, String userId, PersonKeys keys) {
        if (text == null || !PersonSeal.isSealed(text)) {
            return text;
        }
        // What cannot be opened never can be again.
        var known = opened.get(text);
        if (PersonalData.ERASED.equals(known)) {
            return known;
        }
        var key = keys.find(userId);
        var clear = key.isEmpty() ? PersonalData.ERASED : known == null ? PersonSeal.open(key.get(), text) : known;
        opened.put(text, clear);
        return clear;
    }

    private static boolean isSealed(@Nullable String text) {
        return text != null && PersonSeal.isSealed(text);
    }
}
