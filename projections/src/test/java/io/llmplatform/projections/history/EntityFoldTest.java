package io.llmplatform.projections.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.contracts.json.ContractJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EntityFoldTest {
    private static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void managersAreThoseWhoAreNamedNow() {
        var team = fold(
                new TeamEvent.TeamCreated("t", new TeamEvent.Details("Crew", null, null)),
                new TeamEvent.TeamManagerAdded("t", "a"),
                new TeamEvent.TeamManagerAdded("t", "b"),
                new TeamEvent.TeamManagerAdded("t", "a"),
                new TeamEvent.TeamManagerRemoved("t", "b"));
        assertThat(team.path("managers").toString()).isEqualTo("[\"a\"]");
    }

    @Test
    void aKeyKeepsWhatMayBeShownOfItsSecrets() {
        var details = new ApiKeyEvent.Details("robot", null, null, null, null, null, null, null, null);
        var key = fold(
                new ApiKeyEvent.ServiceKeyIssued("t", "team_1", "sk-1", "hash-1", details),
                new ApiKeyEvent.ApiKeyRotated("t", "sk-2", "hash-2", "sk-1", "hash-1", UNTIL));
        assertThat(key.toString()).doesNotContain("hash");
        assertThat(ContractJson.mapper().readTree(key.toString()))
                .isEqualTo(ContractJson.mapper().readTree("""
                {"prefix":"sk-2","kind":"service","team_id":"team_1","name":"robot","status":"active","id":"t","version":1,
                 "created_at":"2026-11-22T10:00:00Z","updated_at":"2026-11-22T10:00:01Z",
                 "previous_prefix":"sk-1","previous_until":"2030-01-01T00:00:00Z"}"""));
    }

    @Test
    void settingsBeginWithTheirFirstChange() {
        var some = new PlatformSettingsEvent.Details(5, null, null, null, null, null, null);
        var settings = fold(
                new PlatformSettingsEvent.PlatformSettingsChanged("t", PlatformSettingsEvent.Details.NONE, some),
                new PlatformSettingsEvent.PlatformSettingsChanged("t", some, PlatformSettingsEvent.Details.NONE));
        assertThat(settings.has("max_concurrent_requests")).isFalse();
        assertThat(settings.path("version").asLong()).isEqualTo(1);
    }

    @Test
    void anEventWithoutItsBeginningIsRefused() {
        assertThatThrownBy(() -> fold(new TeamEvent.TeamManagerAdded("t", "a"), new TeamEvent.TeamDisabled("t")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("that created t");
    }

    private static ObjectNode fold(DomainEvent... events) {
        ObjectNode state = null;
        for (int i = 0; i < events.length; i++) {
            var type = EventCatalog.type(events[i].getClass());
            state = EntityFold.next(
                    state,
                    new EventEnvelope(
                            "evt_" + i,
                            i + 1,
                            type.name(),
                            type.revision(),
                            type.name().substring(0, type.name().indexOf('.')),
                            "t",
                            i,
                            Instant.parse("2026-11-22T10:00:00Z").plusSeconds(i),
                            new EventMeta(Actor.system("test"), null, null, null, null),
                            ContractJson.mapper().valueToTree(events[i])));
        }
        return state;
    }
}
