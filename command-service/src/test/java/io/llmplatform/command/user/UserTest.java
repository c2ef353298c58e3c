package io.llmplatform.command.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.claim.FakeClaims;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.invitation.FakeInvitations;
import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.secondfactor.FakeSecondFactors;
import io.llmplatform.command.sso.FakeIdentityLinks;
import io.llmplatform.command.user.UserCommand.AcceptInvitation;
import io.llmplatform.command.user.UserCommand.ChangePassword;
import io.llmplatform.command.user.UserCommand.CreateUser;
import io.llmplatform.command.user.UserCommand.DisableUser;
import io.llmplatform.command.user.UserCommand.Edit;
import io.llmplatform.command.user.UserCommand.EditUser;
import io.llmplatform.command.user.UserCommand.EnableUser;
import io.llmplatform.command.user.UserCommand.Invitation;
import io.llmplatform.command.user.UserCommand.InviteUser;
import io.llmplatform.command.user.UserCommand.JoinTeam;
import io.llmplatform.command.user.UserCommand.LeaveTeam;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent.Details;
import io.llmplatform.contracts.event.UserEvent.InvitationAccepted;
import io.llmplatform.contracts.event.UserEvent.UserCreated;
import io.llmplatform.contracts.event.UserEvent.UserDisabled;
import io.llmplatform.contracts.event.UserEvent.UserEdited;
import io.llmplatform.contracts.event.UserEvent.UserEnabled;
import io.llmplatform.contracts.event.UserEvent.UserInvited;
import io.llmplatform.contracts.event.UserEvent.UserPasswordChanged;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserTest {
    private static final String ID = "usr_1";
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final PasswordHash HASH = new PasswordHash("hash");
    private static final Details ANN =
            new Details(new Personal(ID, "ann@example.org"), new Personal(ID, "Ann"), Role.MEMBER, null, null, null);
    private static final UserCreated CREATED = new UserCreated(ID, new Personal(ID, "ann"), ANN);

    private final FakeAccounts accounts = new FakeAccounts();
    private final FakeClaims claims = new FakeClaims();
    private final FakeSessions sessions = new FakeSessions();
    private final FakeInvitations invitations = new FakeInvitations();
    private AggregateTestFixture<User> user;

    @BeforeEach
    void fixture() {
        user = new AggregateTestFixture<>(User.class);
        user.registerInjectableResource(accounts);
        user.registerInjectableResource(claims);
        user.registerInjectableResource(sessions);
        user.registerInjectableResource(invitations);
        user.registerInjectableResource(new FakeSecondFactors());
        user.registerInjectableResource(new FakeIdentityLinks());
        user.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void isCreatedWithItsNameClaimedAndItsPasswordOutsideTheEvent() {
        user.givenNoPriorActivity()
                .when(new CreateUser(ID, "ann", HASH, ANN))
                .expectEvents(CREATED)
                .expectResultMessagePayload(0L);
        assertThat(accounts.writes).containsExactly("add ann hash");
        assertThat(claims.ownerOf(NameClaims.Kind.USER, "ANN")).contains(ID);
    }

    @Test
    void isNotCreatedUnderATakenName() {
        claims.claim(NameClaims.Kind.USER, "Ann", "usr_0");
        user.givenNoPriorActivity()
                .when(new CreateUser(ID, "ann", HASH, ANN))
                .expectNoEvents()
                .expectException(Refusal.NameTaken.class);
        assertThat(accounts.writes).isEmpty();
    }

    @Test
    void isEditedFieldByField() {
        var after = new Details(null, new Personal(ID, "Anna"), Role.ADMIN, null, null, null);
        user.given(CREATED)
                .when(new EditUser(
                        ID, 0L, "usr_9", edit(new Change.Clear<>(), Change.to("Anna"), Change.to(Role.ADMIN))))
                .expectEvents(new UserEdited(ID, ANN, after))
                .expectResultMessagePayload(1L);
        assertThat(accounts.writes).containsExactly("edit ADMIN");
    }

    @Test
    void anEditThatChangesNothingIsNoEvent() {
        user.given(CREATED)
                .when(new EditUser(ID, null, ID, edit(Change.to("ann@example.org"), Change.keep(), Change.keep())))
                .expectNoEvents()
                .expectResultMessagePayload(0L);
        assertThat(accounts.writes).isEmpty();
    }

    @Test
    void isPutIntoAKnownTeamWithLimitsAndBudgetsAndTakenOutAgain() {
        var limits = new Limits(10L, null, null);
        var budgets = List.of(new Budget(Budget.Period.MONTH, BigDecimal.TEN, "USD"));
        var joined = new Details(ANN.email(), ANN.displayName(), Role.MEMBER, "team_1", limits, budgets);
        var join = new EditUser(
                ID,
                null,
                "usr_9",
                new Edit(
                        Change.keep(),
                        Change.keep(),
                        Change.keep(),
                        Change.to("team_1"),
                        Change.to(limits),
                        Change.to(budgets)));
        user.given(CREATED)
                .when(join)
                .expectNoEvents()
                .expectException(Refusal.UnknownReference.class)
                .expectExceptionMessage("team_id: no such team");
        user.givenNoPriorActivity()
                .when(new CreateUser(ID, "ann", HASH, joined))
                .expectNoEvents()
                .expectException(Refusal.UnknownReference.class);

        claims.claim(NameClaims.Kind.TEAM, "Crew", "team_1");
        user.given(CREATED).when(join).expectEvents(new UserEdited(ID, ANN, joined));
        user.given(new UserCreated(ID, new Personal(ID, "ann"), joined))
                .when(join)
                .expectNoEvents();
        user.given(new UserCreated(ID, new Personal(ID, "ann"), joined))
                .when(new EditUser(
                        ID,
                        null,
                        "usr_9",
                        new Edit(
                                Change.keep(),
                                Change.keep(),
                                Change.keep(),
                                new Change.Clear<>(),
                                new Change.Clear<>(),
                                new Change.Clear<>())))
                .expectEvents(new UserEdited(ID, joined, ANN));
    }

    @Test
    void anEditOfAStaleVersionIsRefusedWithTheCurrentOne() {
        user.given(CREATED, new UserDisabled(ID))
                .when(new EditUser(ID, 0L, "usr_9", edit(Change.to("x"), Change.keep(), Change.keep())))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class)
                .expectExceptionMessage("expected version 0, the current version is 1");
    }

    @Test
    void nobodyChangesTheirOwnRoleNorDisablesThemselves() {
        user.given(CREATED)
                .when(new EditUser(ID, null, ID, edit(Change.keep(), Change.keep(), Change.to(Role.ADMIN))))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
        user.given(CREATED)
                .when(new DisableUser(ID, null, ID))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
        assertThat(accounts.writes).isEmpty();
    }

    @Test
    void theLastAdministratorIsNeitherDisabledNorDemoted() {
        var admin = new UserCreated(ID, new Personal(ID, "ann"), new Details(null, null, Role.ADMIN, null, null, null));
        var demotion = new EditUser(ID, null, "usr_9", edit(Change.keep(), Change.keep(), Change.to(Role.MEMBER)));
        accounts.otherAdministrator = false;
        user.given(admin)
                .when(new DisableUser(ID, null, "usr_9"))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
        user.given(admin).when(demotion).expectNoEvents().expectException(Refusal.Conflict.class);
        assertThat(accounts.writes).isEmpty();

        accounts.otherAdministrator = true;
        user.given(admin).when(demotion).expectResultMessagePayload(1L);
        user.given(admin).when(new DisableUser(ID, null, "usr_9")).expectEvents(new UserDisabled(ID));
    }

    @Test
    void isDisabledOnceAndEnabledOnce() {
        user.given(CREATED)
                .when(new DisableUser(ID, null, "usr_9"))
                .expectEvents(new UserDisabled(ID))
                .expectResultMessagePayload(1L);
        assertThat(sessions.closed).containsExactly("usr_1 user_disabled but null");
        user.given(CREATED, new UserDisabled(ID))
                .when(new DisableUser(ID, null, "usr_9"))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
        user.given(CREATED, new UserDisabled(ID))
                .when(new EnableUser(ID, 1L))
                .expectEvents(new UserEnabled(ID))
                .expectResultMessagePayload(2L);
        user.given(CREATED).when(new EnableUser(ID, null)).expectNoEvents().expectResultMessagePayload(0L);
    }

    @Test
    void aNewPasswordIsAnEventWithoutThePasswordAndEndsTheOtherSessions() {
        user.given(CREATED)
                .when(new ChangePassword(ID, null, HASH, "ses_1"))
                .expectEvents(new UserPasswordChanged(ID))
                .expectResultMessagePayload(1L);
        assertThat(accounts.writes).containsExactly("password hash");
        assertThat(sessions.closed).containsExactly("usr_1 password_changed but ses_1");
    }

    @Test
    void withoutAPasswordIsInvitedAndTheTokenIsInNoEvent() {
        user.givenNoPriorActivity()
                .when(new CreateUser(ID, "ann", null, ANN, new Invitation("token hash", LATER)))
                .expectEvents(CREATED, new UserInvited(ID, LATER))
                .expectResultMessagePayload(1L);
        assertThat(accounts.writes).containsExactly("add ann no password");
        assertThat(invitations.open).containsExactly(entry(ID, "token hash until " + LATER));
    }

    @Test
    void anInvitationIsUsedOnce() {
        invitations.open(ID, "token hash", LATER);
        var accept = new AcceptInvitation(ID, "token hash", HASH);
        user.given(CREATED, new UserInvited(ID, LATER))
                .when(accept)
                .expectEvents(new InvitationAccepted(ID))
                .expectResultMessagePayload(2L);
        assertThat(accounts.writes).containsExactly("password hash");
        assertThat(sessions.closed).containsExactly("usr_1 password_changed but null");
        user.given(CREATED, new UserInvited(ID, LATER))
                .when(accept)
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
    }

    @Test
    void anInvitationDiesWithANewerOneAPasswordTheDisablingAndItsTime() {
        var accept = new AcceptInvitation(ID, "token hash", HASH);
        invitations.open(ID, "token hash", LATER);
        user.given(CREATED, new UserInvited(ID, LATER))
                .when(new InviteUser(ID, 1L, new Invitation("newer", LATER)))
                .expectEvents(new UserInvited(ID, LATER));
        assertThat(invitations.open).containsExactly(entry(ID, "newer until " + LATER));
        user.given(CREATED).when(accept).expectNoEvents().expectException(Refusal.Conflict.class);

        for (var end : List.of(new ChangePassword(ID, null, HASH, null), new DisableUser(ID, null, "usr_9"))) {
            invitations.open(ID, "token hash", LATER);
            user.given(CREATED).when(end).expectResultMessagePayload(1L);
            assertThat(invitations.open).isEmpty();
        }
        invitations.open(ID, "token hash", NOW);
        user.given(CREATED).when(accept).expectNoEvents().expectException(Refusal.Conflict.class);
        invitations.open(ID, "token hash", LATER);
        user.given(CREATED, new UserDisabled(ID)).when(accept).expectNoEvents().expectException(Refusal.Conflict.class);
        user.given(CREATED, new UserDisabled(ID))
                .when(new InviteUser(ID, null, new Invitation("x", LATER)))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
    }

    @Test
    void joinsATeamOnceAndLeavesItOnce() {
        var crew = new Details(ANN.email(), ANN.displayName(), Role.MEMBER, "team_1", null, null);
        var joined = new UserEdited(ID, ANN, crew);
        user.given(CREATED)
                .when(new JoinTeam(ID, "team_1"))
                .expectEvents(joined)
                .expectResultMessagePayload(1L);
        assertThat(accounts.writes).containsExactly("edit MEMBER");
        user.given(CREATED, joined)
                .when(new JoinTeam(ID, "team_1"))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
        user.given(CREATED, joined)
                .when(new JoinTeam(ID, "team_2"))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class)
                .expectExceptionMessage("the user is a member of another team");
        user.given(CREATED, joined).when(new LeaveTeam(ID, "team_1")).expectEvents(new UserEdited(ID, crew, ANN));
        user.given(CREATED, joined)
                .when(new LeaveTeam(ID, "team_2"))
                .expectNoEvents()
                .expectException(Refusal.NotFound.class);
    }

    private static Edit edit(Change<String> email, Change<String> displayName, Change<Role> role) {
        return new Edit(email, displayName, role, Change.keep(), Change.keep(), Change.keep());
    }
}
