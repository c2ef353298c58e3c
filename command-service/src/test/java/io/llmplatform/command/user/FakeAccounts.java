package io.llmplatform.command.user;

import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.contracts.event.UserEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records what a command writes beside its event, and knows the accounts that a test tells it. */
public final class FakeAccounts implements Accounts {
    final List<String> writes = new ArrayList<>();
    public final Map<String, Account> known = new HashMap<>();
    boolean otherAdministrator = true;

    @Override
    public void add(Account account, PasswordHash password, String teamId) {
        writes.add("add " + account.username() + " " + (password == null ? "no password" : password.encoded()));
    }

    @Override
    public void edit(String userId, UserEvent.Details details) {
        writes.add("edit " + details.role());
    }

    @Override
    public void setActive(String userId, boolean active) {
        writes.add("active " + active);
    }

    @Override
    public void setPassword(String userId, PasswordHash password) {
        writes.add("password " + password.encoded());
    }

    @Override
    public boolean lockAdministratorsBeside(String userId) {
        return otherAdministrator;
    }

    @Override
    public Optional<Account> byId(String userId) {
        return Optional.ofNullable(known.get(userId));
    }

    @Override
    public Optional<Account> byUsername(String username) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> teamOf(String userId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<PasswordHash> passwordOf(String userId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }
}
