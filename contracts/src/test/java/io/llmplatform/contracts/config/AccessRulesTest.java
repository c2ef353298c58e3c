package io.llmplatform.contracts.config;

import static io.llmplatform.contracts.config.AccessRules.Standing.ACTIVE;
import static io.llmplatform.contracts.config.AccessRules.Standing.KEY_DISABLED;
import static io.llmplatform.contracts.config.AccessRules.Standing.KEY_EXPIRED;
import static io.llmplatform.contracts.config.AccessRules.Standing.TEAM_DISABLED;
import static io.llmplatform.contracts.config.AccessRules.Standing.USER_DISABLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.Routing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ConfigRecord.User USER = user(true, "team_1");
    private static final ConfigRecord.Team TEAM = new ConfigRecord.Team("team_1", 1, true, null, null);
    private static final ConfigRecord.Team CLOSED = new ConfigRecord.Team("team_1", 1, false, null, null);

    @Test
    void theFirstThingThatIsWrongDecides() {
        var key = key("usr_1", null, true, null, null, null);
        assertThat(AccessRules.standing(key, true, USER, TEAM, NOW)).isEqualTo(ACTIVE);
        assertThat(AccessRules.standing(key, true, user(true, null), null, NOW)).isEqualTo(ACTIVE);
        assertThat(AccessRules.standing(key, true, USER, CLOSED, NOW)).isEqualTo(TEAM_DISABLED);
        assertThat(AccessRules.standing(key, true, user(false, null), CLOSED, NOW))
                .isEqualTo(USER_DISABLED);
        assertThat(AccessRules.standing(key, true, null, null, NOW)).isEqualTo(USER_DISABLED);
        var disabled = key("usr_1", null, false, NOW, null, null);
        assertThat(AccessRules.standing(disabled, true, null, CLOSED, NOW)).isEqualTo(KEY_DISABLED);
    }

    @Test
    void expiryBeginsAtItsInstantAndAFormerSecretEndsAtItsOwn() {
        var expiring = key("usr_1", null, true, NOW, null, null);
        assertThat(AccessRules.standing(expiring, true, USER, TEAM, NOW.minusNanos(1)))
                .isEqualTo(ACTIVE);
        assertThat(AccessRules.standing(expiring, true, USER, TEAM, NOW)).isEqualTo(KEY_EXPIRED);
        var rotated = key("usr_1", null, true, null, NOW, null);
        assertThat(AccessRules.standing(rotated, false, USER, TEAM, NOW.minusNanos(1)))
                .isEqualTo(ACTIVE);
        assertThat(AccessRules.standing(rotated, false, USER, TEAM, NOW)).isEqualTo(KEY_EXPIRED);
        assertThat(AccessRules.standing(rotated, true, USER, TEAM, NOW)).isEqualTo(ACTIVE);
        var never = key("usr_1", null, true, null, null, null);
        assertThat(AccessRules.standing(never, false, USER, TEAM, NOW)).isEqualTo(KEY_EXPIRED);
    }

    @Test
    void aServiceKeyNeedsItsTeamAndNobodyElse() {
        var key = key(null, "team_1", true, null, null, null);
        assertThat(AccessRules.isService(key)).isTrue();
        assertThat(AccessRules.teamId(key, null)).isEqualTo("team_1");
        assertThat(AccessRules.standing(key, true, null, TEAM, NOW)).isEqualTo(ACTIVE);
        assertThat(AccessRules.standing(key, true, null, CLOSED, NOW)).isEqualTo(TEAM_DISABLED);
        assertThat(AccessRules.standing(key, true, null, null, NOW)).isEqualTo(TEAM_DISABLED);
        assertThat(AccessRules.teamId(key("usr_1", null, true, null, null, null), USER))
                .isEqualTo("team_1");
        assertThat(AccessRules.teamId(null, null)).isNull();
    }

    @Test
    void aListNarrowsAndNoListDoesNot() {
        var narrow = key("usr_1", null, true, null, null, List.of("a"));
        assertThat(AccessRules.mayCall(narrow, "a")).isTrue();
        assertThat(AccessRules.mayCall(narrow, "b")).isFalse();
        assertThat(AccessRules.mayCall(null, "b")).isTrue();
        assertThat(AccessRules.mayUse(narrow, "chat.completions")).isTrue();
        var defaults = new Limits(1L, null, null);
        assertThat(AccessRules.limits(narrow, defaults)).isEqualTo(defaults);
    }

    @Test
    void fallbacksThatMayStandInDoSoInTheirOrderAndOnce() {
        var models = Map.of(
                "a", model("a", true, "b", "c", "d", "b", "nothing", "a"),
                "b", model("b", true, "e"),
                "c", model("c", false),
                "d", model("d", true),
                "e", model("e", true));
        assertThat(AccessRules.chain(models.get("a"), models::get, name -> true))
                .extracting(ConfigRecord.Model::name)
                .containsExactly("a", "b", "d");
        assertThat(AccessRules.chain(models.get("a"), models::get, name -> !name.equals("b")))
                .extracting(ConfigRecord.Model::name)
                .containsExactly("a", "d");
    }

    private static ConfigRecord.User user(boolean active, String teamId) {
        return new ConfigRecord.User("usr_1", 1, active, Role.MEMBER, teamId, null, null, null);
    }

    private static ConfigRecord.ApiKey key(
            String userId,
            String teamId,
            boolean active,
            Instant expiresAt,
            Instant previousUntil,
            List<String> models) {
        return new ConfigRecord.ApiKey(
                "key_1",
                1,
                active,
                userId,
                teamId,
                "hash",
                null,
                previousUntil,
                models,
                expiresAt,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static ConfigRecord.Model model(String name, boolean active, String... fallbacks) {
        var routing = new Routing(null, List.of(fallbacks), null);
        return new ConfigRecord.Model("mdl_" + name, 1, active, name, List.of(), null, routing, null, null, NOW);
    }
}
