package io.llmplatform.projections.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.personal.PersonKeys;
import io.llmplatform.contracts.personal.PersonSeal;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private final Map<String, byte[]> stored = new HashMap<>(Map.of("usr_1", new byte[32]));
    private final PersonKeys keys = subject -> Optional.ofNullable(stored.get(subject));
    private final String sealingKey = PersonSeal.publicKey(new byte[32]);
    private final Origins origins = new Origins();

    @Test
    void opensWhatWasSealedForThePerson() {
        var sealed = record("usr_1", PersonSeal.seal(sealingKey, "203.0.113.9"), PersonSeal.seal(sealingKey, "SDK/1"));

        for (int time = 0; time < 2; time++) {
            assertThat(origins.opened(sealed, keys))
                    .isEqualTo(sealed.from("203.0.113.9", "SDK/1"))
                    .matches(opened -> opened.requestId().equals("req_1"));
        }
    }

    @Test
    void withoutTheKeyNothingIsReadEvenWhatWasReadBefore() {
        var sealed = record("usr_1", PersonSeal.seal(sealingKey, "203.0.113.9"), null);
        assertThat(origins.opened(sealed, keys).ip()).isEqualTo("203.0.113.9");

        stored.clear();

        assertThat(origins.opened(sealed, keys).ip()).isEqualTo("erased");
        assertThat(origins.opened(sealed, keys).userAgent()).isNull();
        // A new key of the same person opens nothing of before.
        stored.put("usr_1", new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
        });
        assertThat(origins.opened(sealed, keys).ip()).isEqualTo("erased");
        assertThat(new Origins().opened(sealed, keys).ip()).isEqualTo("erased");
    }

    @Test
    void whatIsNotSealedStaysAsItIs() {
        var clear = record("usr_1", "203.0.113.9", "SDK/1");
        var machine = record(null, "203.0.113.9", null);

        assertThat(origins.opened(clear, keys)).isSameAs(clear);
        assertThat(origins.opened(machine, keys)).isSameAs(machine);
    }

    private static UsageRecord record(@Nullable String userId, @Nullable String ip, @Nullable String userAgent) {
        return new UsageRecord(
                "req_1",
                Instant.parse("2026-11-23T08:00:00Z"),
                userId,
                null,
                null,
                "chat.completions",
                "m",
                null,
                null,
                null,
                null,
                false,
                Outcome.COMPLETED,
                200,
                null,
                1,
                2,
                0,
                0,
                false,
                BigDecimal.ONE,
                "USD",
                5,
                null,
                1,
                null,
                null,
                null,
                ip,
                userAgent,
                "gw");
    }
}
