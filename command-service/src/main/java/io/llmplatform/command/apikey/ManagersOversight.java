package io.llmplatform.command.apikey;

import io.llmplatform.command.team.TeamManagers;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.contracts.http.Role;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * As teams and accounts stand now. Keys of administrators and auditors are overseen by administrators only: with a
 * rotated key a manager would act in their name.
 */
@Component
class ManagersOversight implements KeyOversight {
    private final Accounts accounts;
    private final TeamManagers managers;

    ManagersOversight(Accounts accounts, TeamManagers managers) {
        this.accounts = accounts;
        this.managers = managers;
    }

    @Override
    public boolean oversees(String userId, Owner owner) {
        return team(owner).filter(team -> managers.manages(userId, team)).isPresent();
    }

    private Optional<String> team(Owner owner) {
        var person = owner.userId();
        if (person == null) {
            return Optional.ofNullable(owner.teamId());
        }
        return accounts.byId(person)
                .map(Account::role)
                .filter(role -> role == Role.MEMBER || role == Role.MANAGER)
                .flatMap(_ -> accounts.teamOf(person));
    }
}
