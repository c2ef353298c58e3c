package io.llmplatform.command.apikey;

import io.llmplatform.command.apikey.ApiKeyCommand.DisableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.Edit;
import io.llmplatform.command.apikey.ApiKeyCommand.EditApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.EnableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.IssueApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.IssueServiceKey;
import io.llmplatform.command.apikey.ApiKeyCommand.RevokeApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.RotateApiKey;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.change.Change;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyDisabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEdited;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEnabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyIssued;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyRevoked;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyRotated;
import io.llmplatform.contracts.event.ApiKeyEvent.Details;
import io.llmplatform.contracts.event.ApiKeyEvent.ServiceKeyIssued;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    private static final String ID = "key_1";
    private static final String OWNER = "usr_1";
    private static final Details CI = new Details(
            "ci",
            List.of("gpt-4o"),
            Instant.parse("2030-01-31T12:00:00Z"),
            List.of("chat.completions"),
            List.of("10.0.0.0/8"),
            new Limits(60L, null, 2),
            List.of(new Budget(Budget.Period.DAY, BigDecimal.ONE, "USD")),
            true,
            Map.of("project", "apollo"));
    private static final Edit NOTHING = new Edit(
            Change.keep(),
            Change.keep(),
            Change.keep(),
            Change.keep(),
            Change.keep(),
            Change.keep(),
            Change.keep(),
            Change.keep(),
            Change.keep());
    private static final Edit CLEAR_RESTRICTIONS = new Edit(
            Change.keep(),
            new Change.Clear<>(),
            new Change.Clear<>(),
            new Change.Clear<>(),
            new Change.Clear<>(),
            new Change.Clear<>(),
            new Change.Clear<>(),
            new Change.Clear<>(),
            Change.keep());
    private static final ApiKeyIssued ISSUED = new ApiKeyIssued(ID, OWNER, "sk-prefix", "hash", CI);

    private static final String ADMIN = "usr_9";
    private static final String MANAGER = "usr_5";
    private static final Set<String> MANAGERS = Set.of(MANAGER, "usr_6");
    private static final String TEAM = "team_1";
    private static final Instant UNTIL = Instant.parse("2026-11-24T08:00:00Z");

    private AggregateTestFixture<ApiKey> key;

    @BeforeEach
    void fixture() {
        key = new AggregateTestFixture<>(ApiKey.class);
        key.registerInjectableResource((KeyOversight) (userId, owner) ->
                MANAGERS.contains(userId) && (owner.equals(Owner.team(TEAM)) || owner.equals(Owner.user(OWNER))));
    }

    @Test
    void isIssued() {
        key.givenNoPriorActivity()
                .when(new IssueApiKey(ID, OWNER, "sk-prefix", "hash", CI))
                .expectEvents(ISSUED)
                .expectResultMessagePayload(0L);
    }

    @Test
    void isEditedByItsOwner() {
        key.given(by(OWNER, ISSUED))
                .when(new EditApiKey(ID, 0L, OWNER, CLEAR_RESTRICTIONS))
                .expectEvents(new ApiKeyEdited(ID, CI, unrestricted(null, CI.metadata())))
                .expectResultMessagePayload(1L);
    }

    @Test
    void whatIsNotNamedInAnEditStays() {
        var limits = new Limits(null, 1000L, null);
        key.given(by(OWNER, ISSUED))
                .when(new EditApiKey(ID, null, OWNER, limit(Change.to(limits))))
                .expectEvents(new ApiKeyEdited(
                        ID,
                        CI,
                        new Details(
                                CI.name(),
                                CI.allowedModels(),
                                CI.expiresAt(),
                                CI.scopes(),
                                CI.allowedIps(),
                                limits,
                                CI.budgets(),
                                CI.cache(),
                                CI.metadata())));
        key.given(ISSUED)
                .when(new EditApiKey(ID, null, null, limit(Change.to(new Limits(60L, null, 2)))))
                .expectNoEvents()
                .expectResultMessagePayload(0L);
    }

    @Test
    void anEditThatChangesNothingIsNoEventEvenWhenRevoked() {
        key.given(ISSUED, new ApiKeyRevoked(ID))
                .when(new EditApiKey(ID, null, null, rename("ci")))
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
    void itsOwnerDoesNotChangeRestrictionsThatAnAdministratorSet() {
        var widen = new EditApiKey(ID, null, OWNER, CLEAR_RESTRICTIONS);
        var limits = new ApiKeyEdited(ID, unrestricted(null, null), CI);
        key.given(by(ADMIN, ISSUED)).when(widen).expectNoEvents().expectException(Refusal.Forbidden.class);
        key.given(by(OWNER, ISSUED), by(ADMIN, limits))
                .when(widen)
                .expectNoEvents()
                .expectException(Refusal.Forbidden.class);
        key.given(by(ADMIN, ISSUED))
                .when(new EditApiKey(ID, null, OWNER, rename("theirs")))
                .expectResultMessagePayload(1L);
    }

    @Test
    void itsOwnerTurnsTheCacheOffButNotOn() {
        var tags = Map.of("project", "apollo");
        var off = unrestricted(false, tags);
        var issued = new ApiKeyIssued(ID, OWNER, "sk-prefix", "hash", off);
        key.given(by(OWNER, ISSUED))
                .when(new EditApiKey(ID, null, OWNER, widen(Change.to(false), Change.keep())))
                .expectResultMessagePayload(1L);
        key.given(by(OWNER, issued))
                .when(new EditApiKey(ID, null, OWNER, widen(Change.to(true), Change.keep())))
                .expectNoEvents()
                .expectException(Refusal.Forbidden.class)
                .expectExceptionMessage("only administrators turn the cache on for a key");
        key.given(by(OWNER, issued))
                .when(new EditApiKey(ID, null, null, widen(Change.to(true), Change.keep())))
                .expectEvents(new ApiKeyEdited(ID, off, unrestricted(true, tags)));
    }

    @Test
    void itsOwnerNeitherChangesNorClearsMetadata() {
        for (var metadata :
                List.<Change<Map<String, String>>>of(Change.to(Map.of("project", "gemini")), new Change.Clear<>())) {
            key.given(by(OWNER, ISSUED))
                    .when(new EditApiKey(ID, null, OWNER, widen(Change.keep(), metadata)))
                    .expectNoEvents()
                    .expectException(Refusal.Forbidden.class)
                    .expectExceptionMessage("only administrators set the metadata of a key");
            key.given(by(OWNER, ISSUED))
                    .when(new EditApiKey(ID, null, null, widen(Change.keep(), metadata)))
                    .expectResultMessagePayload(1L);
        }
        key.given(by(OWNER, ISSUED))
                .when(new EditApiKey(ID, null, OWNER, widen(Change.to(false), Change.to(Map.of("project", "apollo")))))
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
                .when(new EditApiKey(ID, null, null, rename("other")))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
    }

    @Test
    void aServiceKeyBelongsToItsTeam() {
        var issued = new ServiceKeyIssued(ID, TEAM, "sk-prefix", "hash", CI);
        key.givenNoPriorActivity()
                .when(new IssueServiceKey(ID, TEAM, "sk-prefix", "hash", CI))
                .expectEvents(issued)
                .expectResultMessagePayload(0L);
        key.given(issued).when(new DisableApiKey(ID, null, MANAGER)).expectEvents(new ApiKeyDisabled(ID));
        key.given(issued)
                .when(new DisableApiKey(ID, null, OWNER))
                .expectNoEvents()
                .expectException(Refusal.NotFound.class);
    }

    @Test
    void aManagerUndoesWhatTheOwnerAndOtherManagersDidAndNotWhatAnAdministratorDid() {
        var widen = new EditApiKey(ID, null, MANAGER, CLEAR_RESTRICTIONS);
        var enable = new EnableApiKey(ID, null, MANAGER);
        for (var other : List.of(OWNER, MANAGER, "usr_6")) {
            key.given(by(other, ISSUED)).when(widen).expectResultMessagePayload(1L);
            key.given(ISSUED, by(other, new ApiKeyDisabled(ID))).when(enable).expectEvents(new ApiKeyEnabled(ID));
        }
        key.given(by(ADMIN, ISSUED)).when(widen).expectNoEvents().expectException(Refusal.Forbidden.class);
        key.given(ISSUED, by(ADMIN, new ApiKeyDisabled(ID)))
                .when(enable)
                .expectNoEvents()
                .expectException(Refusal.Forbidden.class);
        key.given(by(MANAGER, ISSUED))
                .when(new EditApiKey(ID, null, OWNER, CLEAR_RESTRICTIONS))
                .expectNoEvents()
                .expectException(Refusal.Forbidden.class);
        key.given(by(OWNER, ISSUED))
                .when(new EditApiKey(ID, null, MANAGER, widen(Change.keep(), new Change.Clear<>())))
                .expectNoEvents()
                .expectException(Refusal.Forbidden.class)
                .expectExceptionMessage("only administrators set the metadata of a key");
    }

    @Test
    void isRotatedAgainAndAgainWithTheSecretBeforeInTheEvent() {
        var first = new ApiKeyRotated(ID, "sk-second", "hash 2", "sk-prefix", "hash", UNTIL);
        key.given(ISSUED)
                .when(new RotateApiKey(ID, 0L, OWNER, "sk-second", "hash 2", UNTIL))
                .expectEvents(first)
                .expectResultMessagePayload(1L);
        key.given(ISSUED, first)
                .when(new RotateApiKey(ID, null, null, "sk-third", "hash 3", UNTIL))
                .expectEvents(new ApiKeyRotated(ID, "sk-third", "hash 3", "sk-second", "hash 2", UNTIL));
        key.given(ISSUED)
                .when(new RotateApiKey(ID, null, "usr_2", "sk-second", "hash 2", UNTIL))
                .expectNoEvents()
                .expectException(Refusal.NotFound.class);
        key.given(ISSUED)
                .when(new RotateApiKey(ID, 4L, OWNER, "sk-second", "hash 2", UNTIL))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class);
        key.given(ISSUED, new ApiKeyRevoked(ID))
                .when(new RotateApiKey(ID, null, OWNER, "sk-second", "hash 2", UNTIL))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
    }

    private static Details unrestricted(@Nullable Boolean cache, @Nullable Map<String, String> metadata) {
        return new Details("ci", null, null, null, null, null, null, cache, metadata);
    }

    private static Edit rename(String name) {
        return new Edit(
                Change.to(name),
                NOTHING.allowedModels(),
                NOTHING.expiresAt(),
                NOTHING.scopes(),
                NOTHING.allowedIps(),
                NOTHING.limits(),
                NOTHING.budgets(),
                NOTHING.cache(),
                NOTHING.metadata());
    }

    private static Edit limit(Change<Limits> limits) {
        return new Edit(
                NOTHING.name(),
                NOTHING.allowedModels(),
                NOTHING.expiresAt(),
                NOTHING.scopes(),
                NOTHING.allowedIps(),
                limits,
                NOTHING.budgets(),
                NOTHING.cache(),
                NOTHING.metadata());
    }

    private static Edit widen(Change<Boolean> cache, Change<Map<String, String>> metadata) {
        return new Edit(
                NOTHING.name(),
                NOTHING.allowedModels(),
                NOTHING.expiresAt(),
                NOTHING.scopes(),
                NOTHING.allowedIps(),
                NOTHING.limits(),
                NOTHING.budgets(),
                cache,
                metadata);
    }

    private static EventMessage<?> by(String userId, Object event) {
        var meta = new EventMeta(Actor.user(userId, userId), null, null, null, null);
        return new GenericEventMessage<>(event, CallerMetadata.of(meta));
    }
}
