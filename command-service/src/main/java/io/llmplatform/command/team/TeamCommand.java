package io.llmplatform.command.team;

import io.llmplatform.command.change.Change;
import io.llmplatform.contracts.event.TeamEvent.Details;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a team. Every command answers with the version. */
public sealed interface TeamCommand {
    String teamId();

    record CreateTeam(@TargetAggregateIdentifier String teamId, Details details) implements TeamCommand {}

    record EditTeam(
            @TargetAggregateIdentifier String teamId,
            @Nullable Long expectedVersion,
            Change<String> name,
            Change<Limits> limits,
            Change<List<Budget>> budgets)
            implements TeamCommand {
        Details on(Details details) {
            return new Details(
                    name.onRequired(details.name()), limits.on(details.limits()), budgets.on(details.budgets()));
        }
    }

    record DisableTeam(
            @TargetAggregateIdentifier String teamId,
            @Nullable Long expectedVersion) implements TeamCommand {}

    record EnableTeam(
            @TargetAggregateIdentifier String teamId,
            @Nullable Long expectedVersion) implements TeamCommand {}

    record AddTeamManager(
            @TargetAggregateIdentifier String teamId,
            @Nullable Long expectedVersion,
            String userId) implements TeamCommand {}

    record RemoveTeamManager(
            @TargetAggregateIdentifier String teamId,
            @Nullable Long expectedVersion,
            String userId) implements TeamCommand {}
}
