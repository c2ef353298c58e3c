package io.llmplatform.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.claim.FakeClaims;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.invitation.FakeInvitations;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.secondfactor.FakeSecondFactors;
import io.llmplatform.command.sso.FakeIdentityLinks;
import io.llmplatform.command.user.UserCommand.AdmitUser;
import io.llmplatform.command.user.UserCommand.LinkIdentity;
import io.llmplatform.command.user.UserCommand.UnlinkIdentity;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent.Details;
import io.llmplatform.contracts.event.UserEvent.IdentityLinked;
import io.llmplatform.contracts.event.UserEvent.IdentityUnlinked;
import io.llmplatform.contracts.event.UserEvent.UserCreated;
import io.llmplatform.contracts.http.Role;
import java.time.Clock;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserIdentityTest {
    private static final String ID = "usr_1";
    private static final String ISSUER = "https://id.example.org";
    private static final Details DETAILS = new Details(null, null, Role.MANAGER, null, null, null);
    private static final UserCreated CREATED = new UserCreated(ID, new Personal(ID, "ann"), DETAILS);
    private static final IdentityLinked LINKED = new IdentityLinked(ID, ISSUER, new Personal(ID, "sub-1"));
    private static final LinkIdentity LINK = new LinkIdentity(ID, null, ISSUER, "sub-1");

    private final FakeIdentityLinks links = new FakeIdentityLinks();
    private final FakeAccounts accounts = new FakeAccounts();
    private final FakeClaims claims = new FakeClaims();
    private AggregateTestFixture<User> user;

    @BeforeEach
    void fixture() {
        user = new AggregateTestFixture<>(User.class);
        user.registerInjectableResource(accounts);
        user.registerInjectableResource(claims);
        user.registerInjectableResource(new FakeSessions());
        user.registerInjectableResource(new FakeInvitations());
        user.registerInjectableResource(new FakeSecondFactors());
        user.registerInjectableResource(links);
        user.registerInjectableResource(Clock.systemUTC());
    }

    @Test
    void isAdmittedWithoutAPasswordAndLinkedAtOnce() {
        user.givenNoPriorActivity()
                .when(new AdmitUser(ID, "ann", DETAILS, ISSUER, "sub-1"))
                .expectEvents(CREATED, LINKED)
                .expectResultMessagePayload(1L);
        assertThat(accounts.writes).containsExactly("add ann no password");
        assertThat(links.bySubject).containsEntry("sub-1", ID);
    }

    @Test
    void isNotAdmittedUnderATakenName() {
        claims.claim(NameClaims.Kind.USER, "Ann", "usr_0");
        user.givenNoPriorActivity()
                .when(new AdmitUser(ID, "ann", DETAILS, ISSUER, "sub-1"))
                .expectNoEvents()
                .expectException(Refusal.NameTaken.class);
        assertThat(links.bySubject).isEmpty();
    }

    @Test
    void isLinkedOnceWithOnePerson() {
        user.given(CREATED).when(LINK).expectEvents(LINKED).expectResultMessagePayload(1L);
        user.given(CREATED, LINKED).when(LINK).expectNoEvents().expectResultMessagePayload(1L);
        user.given(CREATED, LINKED)
                .when(new LinkIdentity(ID, null, ISSUER, "sub-2"))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);

        links.bySubject.put("sub-3", "usr_9");
        links.unlink(ID);
        user.given(CREATED)
                .when(new LinkIdentity(ID, null, ISSUER, "sub-3"))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
    }

    @Test
    void isUnlinkedOnce() {
        links.bySubject.put("sub-1", ID);
        user.given(CREATED, LINKED)
                .when(new UnlinkIdentity(ID, 1L))
                .expectEvents(new IdentityUnlinked(ID))
                .expectResultMessagePayload(2L);
        assertThat(links.bySubject).isEmpty();
        user.given(CREATED, LINKED, new IdentityUnlinked(ID))
                .when(new UnlinkIdentity(ID, null))
                .expectNoEvents()
                .expectResultMessagePayload(2L);
        user.given(CREATED, LINKED)
                .when(new UnlinkIdentity(ID, 0L))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class);
    }
}
