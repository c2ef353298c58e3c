package io.llmplatform.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyRevoked;
import io.llmplatform.contracts.json.ContractJson;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCatalogTest {
    static Stream<Class<? extends DomainEvent>> events() {
        return EventCatalog.classes().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventHasANameOfItsAggregateAndItsClass(Class<? extends DomainEvent> event) {
        var type = EventCatalog.type(event);

        assertThat(type.name())
                .matches(
                        "(user|team|api_key|provider|model|price_book|platform_settings|saved_search|signing_key|session|login|attempt|projection)\\."
                                + event.getSimpleName());
        assertThat(type.revision()).isNotBlank();
        assertThat(EventCatalog.classOf(type.name())).contains(event);
    }

    /** The names are stored for ever: a rename must not pass unnoticed. */
    @Test
    void theNamesAreThese() {
        assertThat(events().map(event -> EventCatalog.type(event).name())
                        .sorted()
                        .toList())
                .isEqualTo(List.of(
                        "api_key.ApiKeyDisabled",
                        "api_key.ApiKeyEdited",
                        "api_key.ApiKeyEnabled",
                        "api_key.ApiKeyIssued",
                        "api_key.ApiKeyRevoked",
                        "api_key.ApiKeyRotated",
                        "api_key.ServiceKeyIssued",
                        "attempt.AccessDenied",
                        "attempt.AttemptsLeftOut",
                        "attempt.CommandRefused",
                        "login.LoginFailed",
                        "model.ModelCreated",
                        "model.ModelDisabled",
                        "model.ModelEdited",
                        "model.ModelEnabled",
                        "platform_settings.PlatformSettingsChanged",
                        "price_book.PriceVersionAdded",
                        "price_book.PriceVersionCorrected",
                        "projection.ComparisonRequested",
                        "projection.DiscardRequested",
                        "projection.RebuildCancelled",
                        "projection.RebuildPaused",
                        "projection.RebuildRequested",
                        "projection.RebuildResumed",
                        "projection.RedriveRequested",
                        "projection.RollbackRequested",
                        "projection.SwapRequested",
                        "provider.ProviderCreated",
                        "provider.ProviderDisabled",
                        "provider.ProviderEdited",
                        "provider.ProviderEnabled",
                        "provider.ProviderSecretRewrapped",
                        "provider.ProviderSecretRotated",
                        "saved_search.SearchForgotten",
                        "saved_search.SearchSaved",
                        "session.SessionClosed",
                        "session.SessionOpened",
                        "signing_key.SigningKeyPublished",
                        "signing_key.SigningKeyRetired",
                        "team.TeamCreated",
                        "team.TeamDisabled",
                        "team.TeamEdited",
                        "team.TeamEnabled",
                        "team.TeamManagerAdded",
                        "team.TeamManagerRemoved",
                        "user.IdentityLinked",
                        "user.IdentityUnlinked",
                        "user.InvitationAccepted",
                        "user.RecoveryCodeUsed",
                        "user.SecondFactorEnrolled",
                        "user.SecondFactorRemoved",
                        "user.UserCreated",
                        "user.UserDisabled",
                        "user.UserEdited",
                        "user.UserEnabled",
                        "user.UserInvited",
                        "user.UserPasswordChanged"));
    }

    @Test
    void anEnvelopeSurvivesJsonAndGivesItsEvent() {
        var mapper = ContractJson.mapper();
        var event = new ApiKeyRevoked("key_1");
        var meta = new EventMeta(Actor.user("usr_1", "ada"), new Personal("usr_1", "127.0.0.1"), null, "req_1", null);
        var envelope = new EventEnvelope(
                "e1",
                42,
                "api_key.ApiKeyRevoked",
                "1",
                "api_key",
                "key_1",
                3,
                Instant.parse("2026-11-22T20:00:00Z"),
                meta,
                mapper.valueToTree(event));

        var json = mapper.writeValueAsString(envelope);
        var read = mapper.readValue(json, EventEnvelope.class);

        assertThat(json)
                .contains("\"aggregate_type\":\"api_key\"", "\"at\":\"2026-11-22T20:00:00Z\"", "\"clear\":\"ada\"");
        assertThat(read).isEqualTo(envelope);
        assertThat(EventCatalog.read(read)).isEqualTo(event);
    }

    @Test
    void anUnknownTypeIsNamed() {
        var envelope = new EventEnvelope(
                "e1",
                1,
                "user.UserTeleported",
                "1",
                "user",
                "usr_1",
                0,
                Instant.EPOCH,
                new EventMeta(Actor.system("test"), null, null, null, null),
                ContractJson.mapper().createObjectNode());

        assertThatThrownBy(() -> EventCatalog.read(envelope)).hasMessageContaining("user.UserTeleported");
    }

    @Test
    void personalDataDoesNotShowInText() {
        assertThat(Actor.user("usr_1", "ada").toString()).doesNotContain("ada");
    }
}
