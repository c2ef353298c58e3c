package io.llmplatform.command.apikey;

import io.llmplatform.command.apikey.ApiKeyCommand.DisableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.EditApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.EnableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.IssueApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.RevokeApiKey;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.change.Change;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyDisabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEdited;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEnabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyIssued;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyRevoked;
import io.llmplatform.contracts.event.ApiKeyEvent.Details;
import io.llmplatform.contracts.event.EventMeta;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    private static final String ID = "key_1";
    private static final String OWNER = "usr_1";
    private static final Details CI = new Details("ci", List.of("gpt-4o"), Instant.parse("2030-01-31T12:00:00Z"));
    private static final ApiKeyIssued ISSUED = new ApiKeyIssued(ID, OWNER, "sk-prefix", "hash", CI);

    private static final String ADMIN = "usr_9";

    private AggregateTestFixture<ApiKey> key;

    @BeforeEach
    void fixture() {
        key = new AggregateTestFixture<>(ApiKey.class);
    }

    @Test
    void isIssued() {
        key.givenNoPriorActivity()
                .when(new IssueApiKey(ID, OWNER, "ci", "sk-prefix", "hash", CI.allowedModels(), CI.expiresAt()))
                .expectEvents(ISSUED)
                .expectResultMessagePayload(0L);
    }

    @Test
    void isEditedByItsOwner() {
        key.given(by(OWNER, ISSUED))
                .when(new EditApiKey(ID, 0L, OWNER, Change.to("ci 2"), new Change.Clear<>(), Change.keep()))
                .expectEvents(new ApiKeyEdited(ID, CI, new Details("ci 2", null, CI.expiresAt())))
                .expectResultMessagePayload(1L);
    }

    @Test
    void anEditThatChangesNothingIsNoEventEvenWhenRevoked() {
        key.given(ISSUED, new ApiKeyRevoked(ID))
                .when(new EditApiKey(ID, null, null, Change.to("ci"), Change.keep(), Change.keep()))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
    }

    @Test
    void isUnknownToAnotherMember() {
        key.given(ISSUED)
                .when(new RevokeApiKey(ID, null, "usr_2"))
                .expectNoEvents()
                .expectException(Refusal.NotFound.class)
                .expectExceptionMessage("no api key with id 'key_1'");
    }

    @Test
    void isDisabledAndEnabledOnceEach() {
        key.given(ISSUED).when(new DisableApiKey(ID, null, null)).expectEvents(new ApiKeyDisabled(ID));
        key.given(ISSUED, new ApiKeyDisabled(ID))
                .when(new DisableApiKey(ID, null, null))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
        key.given(ISSUED, by(OWNER, new ApiKeyDisabled(ID)))
                .when(new EnableApiKey(ID, 1L, OWNER))
                .expectEvents(new ApiKeyEnabled(ID));
        key.given(ISSUED).when(new EnableApiKey(ID, null, null)).expectNoEvents();
    }

    @Test
    void itsOwnerDoesNotEnableWhatAnAdministratorDisabled() {
        var enable = new EnableApiKey(ID, null, OWNER);
        key.given(ISSUED, by(ADMIN, new ApiKeyDisabled(ID)))
                .when(enable)
                .expectNoEvents()
                .expectException(Refusal.Forbidden.class);
        key.given(ISSUED, by(ADMIN, new ApiKeyDisabled(ID)))
                .when(new EnableApiKey(ID, null, null))
                .expectEvents(new ApiKeyEnabled(ID));
    }

    @Test
    void itsOwnerDoesNotChangeLimitsThatAnAdministratorSet() {
        var widen = new EditApiKey(ID, null, OWNER, Change.keep(), new Change.Clear<>(), Change.keep());
        var limits = new ApiKeyEdited(ID, new Details("ci", null, null), CI);
        key.given(by(ADMIN, ISSUED)).when(widen).expectNoEvents().expectException(Refusal.Forbidden.class);
        key.given(by(OWNER, ISSUED), by(ADMIN, limits))
                .when(widen)
                .expectNoEvents()
                .expectException(Refusal.Forbidden.class);
        key.given(by(ADMIN, ISSUED))
                .when(new EditApiKey(ID, null, OWNER, Change.to("theirs"), Change.keep(), Change.keep()))
                .expectResultMessagePayload(1L);
    }

    @Test
    void revokingIsFinal() {
        key.given(ISSUED).when(new RevokeApiKey(ID, null, null)).expectEvents(new ApiKeyRevoked(ID));
        key.given(ISSUED, new ApiKeyRevoked(ID))
                .when(new RevokeApiKey(ID, null, null))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
        key.given(ISSUED, new ApiKeyRevoked(ID))
                .when(new EnableApiKey(ID, null, null))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
        key.given(ISSUED, new ApiKeyRevoked(ID))
                .when(new EditApiKey(ID, null, null, Change.to("other"), Change.keep(), Change.keep()))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
    }

    private static EventMessage<?> by(String userId, Object event) {
        var meta = new EventMeta(Actor.user(userId, userId), null, null, null, null);
        return new GenericEventMessage<>(event, CallerMetadata.of(meta));
    }
}
