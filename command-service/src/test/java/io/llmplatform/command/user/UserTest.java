package io.llmplatform.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.claim.FakeClaims;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.user.UserCommand.ChangePassword;
import io.llmplatform.command.user.UserCommand.CreateUser;
import io.llmplatform.command.user.UserCommand.DisableUser;
import io.llmplatform.command.user.UserCommand.EditUser;
import io.llmplatform.command.user.UserCommand.EnableUser;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent.Details;
import io.llmplatform.contracts.event.UserEvent.UserCreated;
import io.llmplatform.contracts.event.UserEvent.UserDisabled;
import io.llmplatform.contracts.event.UserEvent.UserEdited;
import io.llmplatform.contracts.event.UserEvent.UserEnabled;
import io.llmplatform.contracts.event.UserEvent.UserPasswordChanged;
import io.llmplatform.contracts.http.Role;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserTest {
    private static final String ID = "usr_1";
    private static final PasswordHash HASH = new PasswordHash("hash");
    private static final Details ANN =
            new Details(new Personal(ID, "ann@example.org"), new Personal(ID, "Ann"), Role.MEMBER);
    private static final UserCreated CREATED = new UserCreated(ID, new Personal(ID, "ann"), ANN);

    private final FakeAccounts accounts = new FakeAccounts();
    private final FakeClaims claims = new FakeClaims();
    private AggregateTestFixture<User> user;

    @BeforeEach
    void fixture() {
        user = new AggregateTestFixture<>(User.class);
        user.registerInjectableResource(accounts);
        user.registerInjectableResource(claims);
    }

    @Test
    void isCreatedWithItsNameClaimedAndItsPasswordOutsideTheEvent() {
        user.givenNoPriorActivity()
                .when(new CreateUser(ID, "ann", HASH, "ann@example.org", "Ann", Role.MEMBER))
                .expectEvents(CREATED)
                .expectResultMessagePayload(0L);
        assertThat(accounts.writes).containsExactly("add ann hash");
        assertThat(claims.ownerOf(NameClaims.Kind.USER, "ANN")).contains(ID);
    }

    @Test
    void isNotCreatedUnderATakenName() {
        claims.claim(NameClaims.Kind.USER, "Ann", "usr_0");
        user.givenNoPriorActivity()
                .when(new CreateUser(ID, "ann", HASH, null, null, Role.MEMBER))
                .expectNoEvents()
                .expectException(Refusal.NameTaken.class);
        assertThat(accounts.writes).isEmpty();
    }

    @Test
    void isEditedFieldByField() {
        var after = new Details(null, new Personal(ID, "Anna"), Role.ADMIN);
        user.given(CREATED)
                .when(new EditUser(ID, 0L, "usr_9", new Change.Clear<>(), Change.to("Anna"), Change.to(Role.ADMIN)))
                .expectEvents(new UserEdited(ID, ANN, after))
                .expectResultMessagePayload(1L);
        assertThat(accounts.writes).containsExactly("edit ADMIN");
    }

    @Test
    void anEditThatChangesNothingIsNoEvent() {
        user.given(CREATED)
                .when(new EditUser(ID, null, ID, Change.to("ann@example.org"), Change.keep(), Change.keep()))
                .expectNoEvents()
                .expectResultMessagePayload(0L);
        assertThat(accounts.writes).isEmpty();
    }

    @Test
    void anEditOfAStaleVersionIsRefusedWithTheCurrentOne() {
        user.given(CREATED, new UserDisabled(ID))
                .when(new EditUser(ID, 0L, "usr_9", Change.to("x"), Change.keep(), Change.keep()))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class)
                .expectExceptionMessage("expected version 0, the current version is 1");
    }

    @Test
    void nobodyChangesTheirOwnRoleNorDisablesThemselves() {
        user.given(CREATED)
                .when(new EditUser(ID, null, ID, Change.keep(), Change.keep(), Change.to(Role.ADMIN)))
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
        var admin = new UserCreated(ID, new Personal(ID, "ann"), new Details(null, null, Role.ADMIN));
        var demotion = new EditUser(ID, null, "usr_9", Change.keep(), Change.keep(), Change.to(Role.MEMBER));
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
    void aNewPasswordIsAnEventWithoutThePassword() {
        user.given(CREATED)
                .when(new ChangePassword(ID, null, HASH))
                .expectEvents(new UserPasswordChanged(ID))
                .expectResultMessagePayload(1L);
        assertThat(accounts.writes).containsExactly("password hash");
    }
}
