package io.llmplatform.contracts.event;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts about a team. Who belongs to it stands at the users. */
public sealed interface TeamEvent extends DomainEvent {
    String teamId();

    @EventType(name = "team.TeamCreated")
    record TeamCreated(String teamId, Details details) implements TeamEvent {}

    @EventType(name = "team.TeamEdited")
    record TeamEdited(String teamId, Details before, Details after) implements TeamEvent {}

    /** Requests of its members and with its keys are refused until it is enabled again. */
    @EventType(name = "team.TeamDisabled")
    record TeamDisabled(String teamId) implements TeamEvent {}

    @EventType(name = "team.TeamEnabled")
    record TeamEnabled(String teamId) implements TeamEvent {}

    /** A user manages the team from now on, while they have the role {@code manager}. */
    @EventType(name = "team.TeamManagerAdded")
    record TeamManagerAdded(String teamId, String userId) implements TeamEvent {}

    @EventType(name = "team.TeamManagerRemoved")
    record TeamManagerRemoved(String teamId, String userId) implements TeamEvent {}

    /** What can be edited; limits and budgets are those of all members together. */
    record Details(
            String name, @Nullable Limits limits, @Nullable List<Budget> budgets) {}
}
