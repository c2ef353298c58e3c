package io.llmplatform.command.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.claim.FakeClaims;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.team.TeamCommand.AddTeamManager;
import io.llmplatform.command.team.TeamCommand.CreateTeam;
import io.llmplatform.command.team.TeamCommand.DisableTeam;
import io.llmplatform.command.team.TeamCommand.EditTeam;
import io.llmplatform.command.team.TeamCommand.EnableTeam;
import io.llmplatform.command.team.TeamCommand.RemoveTeamManager;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.FakeAccounts;
import io.llmplatform.contracts.event.TeamEvent.Details;
import io.llmplatform.contracts.event.TeamEvent.TeamCreated;
import io.llmplatform.contracts.event.TeamEvent.TeamDisabled;
import io.llmplatform.contracts.event.TeamEvent.TeamEdited;
import io.llmplatform.contracts.event.TeamEvent.TeamEnabled;
import io.llmplatform.contracts.event.TeamEvent.TeamManagerAdded;
import io.llmplatform.contracts.event.TeamEvent.TeamManagerRemoved;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TeamTest {
    private static final String ID = "team_1";
    private static final Limits LIMITS = new Limits(100L, 5000L, 3);
    private static final List<Budget> BUDGETS = List.of(new Budget(Budget.Period.DAY, BigDecimal.ONE, "USD"));
    private static final Details CREW = new Details("Crew", LIMITS, null);
    private static final TeamCreated CREATED = new TeamCreated(ID, CREW);

    private final FakeClaims claims = new FakeClaims();
    private final FakeAccounts accounts = new FakeAccounts();
    private final FakeManagers managers = new FakeManagers();
    private AggregateTestFixture<Team> team;

    @BeforeEach
    void fixture() {
        team = new AggregateTestFixture<>(Team.class);
        team.registerInjectableResource(claims);
        team.registerInjectableResource(accounts);
        team.registerInjectableResource(managers);
        account("usr_1", Role.MANAGER);
        account("usr_2", Role.MEMBER);
    }

    @Test
    void isCreatedUnderAFreeNameOnly() {
        team.givenNoPriorActivity()
                .when(new CreateTeam(ID, CREW))
                .expectEvents(CREATED)
                .expectResultMessagePayload(0L);
        team.givenNoPriorActivity()
                .when(new CreateTeam("team_2", new Details("CREW", null, null)))
                .expectNoEvents()
                .expectException(Refusal.NameTaken.class);
    }

    @Test
    void isEditedAndItsFormerNameIsFree() {
        claims.claim(NameClaims.Kind.TEAM, "Crew", ID);
        team.given(CREATED)
                .when(new EditTeam(ID, 0L, Change.to("Staff"), new Change.Clear<>(), Change.to(BUDGETS)))
                .expectEvents(new TeamEdited(ID, CREW, new Details("Staff", null, BUDGETS)))
                .expectResultMessagePayload(1L);
        assertThat(claims.ownerOf(NameClaims.Kind.TEAM, "crew")).isEmpty();
        assertThat(claims.ownerOf(NameClaims.Kind.TEAM, "staff")).contains(ID);
    }

    @Test
    void anEditThatChangesNothingIsNoEventAndAStaleOneIsRefused() {
        team.given(CREATED)
                .when(new EditTeam(ID, null, Change.to("Crew"), Change.to(LIMITS), new Change.Clear<>()))
                .expectNoEvents()
                .expectResultMessagePayload(0L);
        team.given(CREATED)
                .when(new EditTeam(ID, 7L, Change.to("Staff"), Change.keep(), Change.keep()))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class);
    }

    @Test
    void isDisabledAndEnabledOnceEach() {
        team.given(CREATED).when(new DisableTeam(ID, null)).expectEvents(new TeamDisabled(ID));
        team.given(CREATED, new TeamDisabled(ID))
                .when(new DisableTeam(ID, 1L))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
        team.given(CREATED, new TeamDisabled(ID)).when(new EnableTeam(ID, null)).expectEvents(new TeamEnabled(ID));
        team.given(CREATED).when(new EnableTeam(ID, null)).expectNoEvents().expectResultMessagePayload(0L);
    }

    @Test
    void aManagerIsNamedOnceAndTakenOffOnce() {
        var added = new TeamManagerAdded(ID, "usr_1");
        team.given(CREATED)
                .when(new AddTeamManager(ID, 0L, "usr_1"))
                .expectEvents(added)
                .expectResultMessagePayload(1L);
        assertThat(managers.pairs).containsExactly("team_1 usr_1");
        team.given(CREATED, added).when(new AddTeamManager(ID, null, "usr_1")).expectNoEvents();
        team.given(CREATED, added)
                .when(new RemoveTeamManager(ID, null, "usr_1"))
                .expectEvents(new TeamManagerRemoved(ID, "usr_1"))
                .expectResultMessagePayload(2L);
        assertThat(managers.pairs).isEmpty();
        team.given(CREATED, added, new TeamManagerRemoved(ID, "usr_1"))
                .when(new RemoveTeamManager(ID, null, "usr_1"))
                .expectNoEvents()
                .expectException(Refusal.NotFound.class);
    }

    @Test
    void onlySomebodyInTheRoleManagesATeam() {
        team.given(CREATED)
                .when(new AddTeamManager(ID, null, "usr_2"))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class)
                .expectExceptionMessage("only users in the role manager manage a team; this one is member");
        team.given(CREATED)
                .when(new AddTeamManager(ID, null, "usr_3"))
                .expectNoEvents()
                .expectException(Refusal.UnknownReference.class);
        team.given(CREATED)
                .when(new AddTeamManager(ID, 7L, "usr_1"))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class);
        assertThat(managers.pairs).isEmpty();
    }

    private void account(String id, Role role) {
        accounts.known.put(id, new Account(id, id, null, null, role, true));
    }

    private static final class FakeManagers implements TeamManagers {
        final Set<String> pairs = new HashSet<>();

        @Override
        public void add(String teamId, String userId) {
            pairs.add(teamId + " " + userId);
        }

        @Override
        public void remove(String teamId, String userId) {
            pairs.remove(teamId + " " + userId);
        }

        @Override
        public boolean manages(String userId, String teamId) {
            throw new UnsupportedOperationException();
        }
    }
}
