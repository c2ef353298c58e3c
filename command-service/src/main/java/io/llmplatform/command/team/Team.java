package io.llmplatform.command.team;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.eventstore.Snapshots;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.team.TeamCommand.AddTeamManager;
import io.llmplatform.command.team.TeamCommand.CreateTeam;
import io.llmplatform.command.team.TeamCommand.DisableTeam;
import io.llmplatform.command.team.TeamCommand.EditTeam;
import io.llmplatform.command.team.TeamCommand.EnableTeam;
import io.llmplatform.command.team.TeamCommand.RemoveTeamManager;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.contracts.event.TeamEvent.Details;
import io.llmplatform.contracts.event.TeamEvent.TeamCreated;
import io.llmplatform.contracts.event.TeamEvent.TeamDisabled;
import io.llmplatform.contracts.event.TeamEvent.TeamEdited;
import io.llmplatform.contracts.event.TeamEvent.TeamEnabled;
import io.llmplatform.contracts.event.TeamEvent.TeamManagerAdded;
import io.llmplatform.contracts.event.TeamEvent.TeamManagerRemoved;
import io.llmplatform.contracts.http.Role;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * People who share limits and budgets. While it is disabled, the data plane refuses them and the team's own keys. A
 * manager is named here and must have the role beside; who loses the role manages nothing until they have it again.
 */
@Aggregate(type = "team", snapshotTriggerDefinition = Snapshots.AFTER_MANY_EVENTS)
class Team {
    private static final int MOST_MANAGERS = 50;

    @AggregateIdentifier
    private @Nullable String id;

    private Details details = new Details("", null, null);
    private Set<String> managers = new HashSet<>();
    private boolean active;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(CreateTeam command, NameClaims claims) {
        claims.claim(NameClaims.Kind.TEAM, command.details().name(), command.teamId());
        apply(new TeamCreated(command.teamId(), command.details()));
        return getVersion();
    }

    @CommandHandler
    long handle(EditTeam command, NameClaims claims) {
        ExpectedVersion.check(command.expectedVersion());
        var after = command.on(details);
        if (!after.equals(details)) {
            rename(command.teamId(), after.name(), claims);
            apply(new TeamEdited(command.teamId(), details, after));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(DisableTeam command) {
        ExpectedVersion.check(command.expectedVersion());
        if (active) {
            apply(new TeamDisabled(command.teamId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(EnableTeam command) {
        ExpectedVersion.check(command.expectedVersion());
        if (!active) {
            apply(new TeamEnabled(command.teamId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(AddTeamManager command, Accounts accounts, TeamManagers store) {
        ExpectedVersion.check(command.expectedVersion());
        var role = accounts.byId(command.userId())
                .map(Account::role)
                .orElseThrow(() -> new Refusal.UnknownReference("user_id", "no such user"));
        if (role != Role.MANAGER) {
            throw new Refusal.Conflict("only users in the role manager manage a team; this one is " + role.wire());
        }
        if (!managers.contains(command.userId())) {
            if (managers.size() >= MOST_MANAGERS) {
                throw new Refusal.Conflict("a team has at most " + MOST_MANAGERS + " managers");
            }
            store.add(command.teamId(), command.userId());
            apply(new TeamManagerAdded(command.teamId(), command.userId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(RemoveTeamManager command, TeamManagers store) {
        ExpectedVersion.check(command.expectedVersion());
        if (!managers.contains(command.userId())) {
            throw new Refusal.NotFound("manager of this team", command.userId());
        }
        store.remove(command.teamId(), command.userId());
        apply(new TeamManagerRemoved(command.teamId(), command.userId()));
        return getVersion();
    }

    private void rename(String teamId, String name, NameClaims claims) {
        if (!name.equals(details.name())) {
            claims.release(NameClaims.Kind.TEAM, teamId);
            claims.claim(NameClaims.Kind.TEAM, name, teamId);
        }
    }

    @EventSourcingHandler
    void on(TeamCreated event) {
        id = event.teamId();
        details = event.details();
        active = true;
    }

    @EventSourcingHandler
    void on(TeamEdited event) {
        details = event.after();
    }

    @EventSourcingHandler
    void on(TeamDisabled event) {
        active = false;
    }

    @EventSourcingHandler
    void on(TeamEnabled event) {
        active = true;
    }

    @EventSourcingHandler
    void on(TeamManagerAdded event) {
        managers.add(event.userId());
    }

    @EventSourcingHandler
    void on(TeamManagerRemoved event) {
        managers.remove(event.userId());
    }
}
