package io.llmplatform.command.user;

import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.contracts.event.UserEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records what a command writes beside its event; reading is not needed by aggregates. */
final class FakeAccounts implements Accounts {
    final List<String> writes = new ArrayList<>();
    boolean otherAdministrator = true;

    @Override
    public void add(Account account, PasswordHash password) {
        writes.add("add " + account.username() + " " + password.encoded());
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
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Account> byUsername(String username) {
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
