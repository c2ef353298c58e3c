package io.llmplatform.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.proxy.api.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheDecisionTest {
    private static final CacheRule HOUR = new CacheRule(3600);
    private static final CacheFacts SETTLED = new CacheFacts(Operation.CHAT, false, true, false);
    private static final CacheFacts UNSETTLED = new CacheFacts(Operation.CHAT, true, false, false);
    private static final CacheFacts STATEFUL = new CacheFacts(Operation.RESPONSES, false, true, true);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, true, true, false",
                "'', -, true, true, false",
                "ON, -, true, true, true",
                "' on ', -, true, true, true",
                "refresh, -, false, true, true",
                "off, -, false, false, false",
                "yes, -, false, false, false",
                "'on, off', -, false, false, false",
                "-, no-cache, false, true, false",
                "-, max-age=0, false, true, false",
                "-, max-age=10, true, true, false",
                "-, 'private , No-Store', false, false, false",
                "-, 'no-store, no-cache', false, false, false",
                "-, 'no-cache, no-store', false, false, false",
                "-, no-transform, true, true, false",
                "-, ',,,', true, true, false",
                "on, no-store, false, false, false",
                "on, no-cache, false, true, true",
                "off, no-cache, false, false, false",
                "refresh, no-transform, false, true, true",
            })
    void theStricterHeaderWins(String platform, String cacheControl, boolean read, boolean write, boolean insist) {
        assertThat(CacheWish.of(platform, cacheControl)).isEqualTo(new CacheWish(read, write, insist));
    }

    @Test
    void anAdministratorAllowsIt() {
        var hour = new CacheDecision(true, true, Duration.ofHours(1));
        assertThat(CacheDecision.of(HOUR, null, CacheWish.NONE, SETTLED)).isEqualTo(hour);
        assertThat(CacheDecision.of(HOUR, true, CacheWish.NONE, SETTLED)).isEqualTo(hour);
        assertThat(CacheDecision.of(null, true, CacheWish.NONE, SETTLED))
                .isEqualTo(new CacheDecision(true, true, CacheDecision.DEFAULT_TTL));
        assertThat(CacheDecision.of(HOUR, false, CacheWish.NONE, SETTLED)).isEqualTo(CacheDecision.BYPASS);
        assertThat(CacheDecision.of(null, null, CacheWish.NONE, SETTLED)).isEqualTo(CacheDecision.BYPASS);
        assertThat(CacheDecision.of(null, false, CacheWish.NONE, SETTLED)).isEqualTo(CacheDecision.BYPASS);
    }

    @Test
    void clientsChooseWithinWhatIsAllowed() {
        var on = CacheWish.of("on", null);
        assertThat(CacheDecision.of(HOUR, null, on, UNSETTLED))
                .isEqualTo(new CacheDecision(true, true, Duration.ofHours(1)));
        assertThat(CacheDecision.of(HOUR, null, CacheWish.of("refresh", null), UNSETTLED))
                .isEqualTo(new CacheDecision(false, true, Duration.ofHours(1)));
        assertThat(CacheDecision.of(HOUR, null, CacheWish.NONE, UNSETTLED)).isEqualTo(CacheDecision.BYPASS);
        assertThat(CacheDecision.of(HOUR, null, CacheWish.of("off", null), SETTLED))
                .isEqualTo(CacheDecision.BYPASS);
        assertThat(CacheDecision.of(null, null, on, SETTLED)).isEqualTo(CacheDecision.BYPASS);
        assertThat(CacheDecision.of(HOUR, false, on, SETTLED)).isEqualTo(CacheDecision.BYPASS);
        assertThat(CacheDecision.of(HOUR, null, on, STATEFUL)).isEqualTo(CacheDecision.BYPASS);
    }

    @Test
    void hopelessOnesAreKnownBeforeTheirBodyIsRead() {
        assertThat(CacheDecision.possible(Operation.CHAT, HOUR, null, CacheWish.NONE))
                .isTrue();
        assertThat(CacheDecision.possible(Operation.SPEECH, HOUR, true, CacheWish.NONE))
                .isFalse();
        assertThat(CacheDecision.possible(Operation.CHAT, null, null, CacheWish.NONE))
                .isFalse();
        assertThat(CacheDecision.possible(Operation.CHAT, HOUR, null, CacheWish.of("off", null)))
                .isFalse();
    }
}
