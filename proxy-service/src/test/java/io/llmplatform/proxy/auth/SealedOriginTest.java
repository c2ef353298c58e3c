package io.llmplatform.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.personal.PersonSeal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealedOriginTest {
    private static final byte[] KEY = new byte[32];

    @Test
    void ofAPersonIsSealedToThemAndSaidTheSameWayAgain() {
        var caller = person(PersonSeal.publicKey(KEY));
        var sealed = SealedOrigin.of(caller, "203.0.113.9");

        assertThat(sealed).isNotNull().doesNotContain("203.0.113.9");
        assertThat(PersonSeal.open(KEY, sealed)).isEqualTo("203.0.113.9");
        assertThat(SealedOrigin.of(caller, "203.0.113.9")).isSameAs(sealed);
        assertThat(SealedOrigin.of(caller, "203.0.113.10")).isNotEqualTo(sealed);
        assertThat(SealedOrigin.of(caller, null)).isNull();
    }

    @Test
    void whoCannotBeSealedToIsNotToldOf() {
        assertThat(SealedOrigin.of(person(null), "203.0.113.9")).isNull();
        assertThat(SealedOrigin.of(new Caller("usr_gone", null, null, null), "203.0.113.9"))
                .isNull();
    }

    @Test
    void aMachineIsNoPerson() {
        assertThat(SealedOrigin.of(new Caller(null, null, null, null), "203.0.113.9"))
                .isEqualTo("203.0.113.9");
    }

    private static Caller person(@Nullable String sealingKey) {
        var user = new ConfigRecord.User("usr_1", 1, true, Role.MEMBER, null, null, null, sealingKey);
        return new Caller("usr_1", user, null, null);
    }
}
