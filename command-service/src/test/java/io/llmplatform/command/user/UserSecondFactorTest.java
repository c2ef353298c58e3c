package io.llmplatform.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.claim.FakeClaims;
import io.llmplatform.command.invitation.FakeInvitations;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.secondfactor.FakeSecondFactors;
import io.llmplatform.command.secondfactor.SecondFactors.Factor;
import io.llmplatform.command.sso.FakeIdentityLinks;
import io.llmplatform.command.user.UserCommand.EnrolSecondFactor;
import io.llmplatform.command.user.UserCommand.RemoveSecondFactor;
import io.llmplatform.command.user.UserCommand.UseRecoveryCode;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent.Details;
import io.llmplatform.contracts.event.UserEvent.RecoveryCodeUsed;
import io.llmplatform.contracts.event.UserEvent.RemovedBy;
import io.llmplatform.contracts.event.UserEvent.SecondFactorEnrolled;
import io.llmplatform.contracts.event.UserEvent.SecondFactorRemoved;
import io.llmplatform.contracts.event.UserEvent.UserCreated;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.secret.SealedSecret;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserSecondFactorTest {
    private static final String ID = "usr_1";
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final SealedSecret SECRET = new SealedSecret(1, "wrapped", "sealed");
    private static final UserCreated CREATED =
            new UserCreated(ID, new Personal(ID, "ann"), new Details(null, null, Role.MEMBER, null, null, null));
    private static final SecondFactorEnrolled ENROLLED = new SecondFactorEnrolled(ID);
    private static final EnrolSecondFactor ENROL = new EnrolSecondFactor(ID, SECRET, 7, List.of("h1", "h2"));

    private final FakeSecondFactors factors = new FakeSecondFactors();
    private AggregateTestFixture<User> user;

    @BeforeEach
    void fixture() {
        user = new AggregateTestFixture<>(User.class);
        user.registerInjectableResource(new FakeAccounts());
        user.registerInjectableResource(new FakeClaims());
        user.registerInjectableResource(new FakeSessions());
        user.registerInjectableResource(new FakeInvitations());
        user.registerInjectableResource(factors);
        user.registerInjectableResource(new FakeIdentityLinks());
        user.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void comesIntoForceWithItsRecoveryCodesAndNeitherIsInTheEvent() {
        factors.factors.put(ID, new Factor(SECRET, null));
        user.given(CREATED).when(ENROL).expectEvents(ENROLLED).expectResultMessagePayload(1L);
        assertThat(factors.factors.get(ID).since()).isEqualTo(NOW);
        assertThat(factors.recoveryCodes.get(ID)).containsExactlyInAnyOrder("h1", "h2");
    }

    @Test
    void aSecretThatWasReplacedMeanwhileOrASecondOneIsRefused() {
        factors.factors.put(ID, new Factor(new SealedSecret(1, "wrapped", "newer"), null));
        user.given(CREATED).when(ENROL).expectNoEvents().expectException(Refusal.Conflict.class);
        user.given(CREATED, ENROLLED)
                .when(ENROL)
                .expectNoEvents()
                .expectException(Refusal.Conflict.class)
                .expectExceptionMessage("there is a second factor already; remove it first");
        assertThat(factors.recoveryCodes).isEmpty();
    }

    @Test
    void isRemovedOnceAndCanBeEnrolledAnew() {
        factors.factors.put(ID, new Factor(SECRET, NOW));
        var remove = new RemoveSecondFactor(ID, null, RemovedBy.ADMINISTRATOR);
        user.given(CREATED, ENROLLED)
                .when(remove)
                .expectEvents(new SecondFactorRemoved(ID, RemovedBy.ADMINISTRATOR))
                .expectResultMessagePayload(2L);
        assertThat(factors.factors).isEmpty();

        var removed = new SecondFactorRemoved(ID, RemovedBy.ADMINISTRATOR);
        user.given(CREATED, ENROLLED, removed).when(remove).expectNoEvents().expectResultMessagePayload(2L);
        factors.factors.put(ID, new Factor(SECRET, null));
        user.given(CREATED, ENROLLED, removed).when(ENROL).expectEvents(ENROLLED);
    }

    @Test
    void isNotRemovedInAnotherVersionThanExpected() {
        factors.factors.put(ID, new Factor(SECRET, NOW));
        user.given(CREATED, ENROLLED)
                .when(new RemoveSecondFactor(ID, 0L, RemovedBy.ADMINISTRATOR))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class);
        assertThat(factors.factors).containsKey(ID);
    }

    @Test
    void aRecoveryCodeIsUsedOnce() {
        factors.factors.put(ID, new Factor(SECRET, null));
        factors.confirm(ID, SECRET, 7, List.of("h1", "h2"), NOW);
        var use = new UseRecoveryCode(ID, "h1");
        user.given(CREATED, ENROLLED)
                .when(use)
                .expectEvents(new RecoveryCodeUsed(ID, 1))
                .expectResultMessagePayload(2L);
        user.given(CREATED, ENROLLED, new RecoveryCodeUsed(ID, 1))
                .when(use)
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
    }
}
