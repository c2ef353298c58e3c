package io.llmplatform.command.user;

import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.password.PasswordHash;
import io.llmplatform.command.personal.SealedColumns;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.contracts.http.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code identity.account}, where names and addresses are sealed, and {@code identity.credential}. */
@Component
class JdbcAccounts implements Accounts {
    private final JdbcClient jdbc;
    private final SealedColumns sealed;

    JdbcAccounts(JdbcClient jdbc, SealedColumns sealed) {
        this.jdbc = jdbc;
        this.sealed = sealed;
    }

    @Override
    public void add(Account account, @Nullable PasswordHash password, @Nullable String teamId) {
        var sealer = sealed.sealer(account.id());
        jdbc.sql("""
                        insert into identity.account (user_id, username, username_key, email, display_name, role, active,
                                                      team_id)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(account.id())
                .param(sealer.apply(account.username()))
                .param(key(account.username()))
                .param(sealer.apply(account.email()))
                .param(sealer.apply(account.displayName()))
                .param(account.role().wire())
                .param(account.active())
                .param(teamId)
                .update();
        if (password != null) {
            putPassword(account.id(), password);
        }
    }

    @Override
    public void edit(String userId, UserEvent.Details details) {
        var sealer = sealed.sealer(userId);
        jdbc.sql("update identity.account set email = ?, display_name = ?, role = ?, team_id = ? where user_id = ?")
                .param(sealer.apply(clear(details.email())))
                .param(sealer.apply(clear(details.displayName())))
                .param(details.role().wire())
                .param(details.teamId())
                .param(userId)
                .update();
    }

    @Override
    public void setActive(String userId, boolean active) {
        jdbc.sql("update identity.account set active = ? where user_id = ?")
                .params(active, userId)
                .update();
    }

    @Override
    public void setPassword(String userId, PasswordHash password) {
        putPassword(userId, password);
        // Changes nothing, but whoever is opening a session with the old password holds this row: it commits before,
        // and
        // its session is closed with the others.
        jdbc.sql("select 1 from identity.account where user_id = ? for update")
                .param(userId)
                .query(Integer.class)
                .optional();
    }

    private void putPassword(String userId, PasswordHash password) {
        jdbc.sql("""
                        insert into identity.credential (user_id, password_hash) values (?, ?)
                        on conflict (user_id) do update set password_hash = excluded.password_hash""").params(userId, password.encoded()).update();
    }

    @Override
    public boolean lockAdministratorsBeside(String userId) {
        // All of them, in one order: two callers must meet at the same row.
        return jdbc
                .sql("select user_id from identity.account where role = ? and active order by user_id for update")
                .param(Role.ADMIN.wire())
                .query(String.class)
                .list()
                .stream()
                .anyMatch(administrator -> !administrator.equals(userId));
    }

    @Override
    public Optional<Account> byId(String userId) {
        return jdbc.sql("select * from identity.account where user_id = ?")
                .param(userId)
                .query(this::account)
                .optional();
    }

    @Override
    public Optional<Account> byUsername(String username) {
        return jdbc.sql("select * from identity.account where username_key = ?")
                .param(key(username))
                .query(this::account)
                .optional();
    }

    @Override
    public Optional<String> teamOf(String userId) {
        return jdbc.sql("select team_id from identity.account where user_id = ? and team_id is not null")
                .param(userId)
                .query(String.class)
                .optional();
    }

    @Override
    public Optional<PasswordHash> passwordOf(String userId) {
        return jdbc.sql("select password_hash from identity.credential where user_id = ?")
                .param(userId)
                .query(String.class)
                .optional()
                .map(PasswordHash::new);
    }

    @Override
    public boolean isEmpty() {
        return jdbc.sql("select 1 from identity.account limit 1")
                .query(Integer.class)
                .optional()
                .isEmpty();
    }

    private String key(String username) {
        return sealed.indexed("user", NameClaims.Kind.USER.normalised(username));
    }

    private Account account(ResultSet row, int number) throws SQLException {
        var id = row.getString("user_id");
        var opener = sealed.opener(id);
        return new Account(
                id,
                Objects.requireNonNull(opener.apply(row.getString("username"))),
                opener.apply(row.getString("email")),
                opener.apply(row.getString("display_name")),
                Role.of(row.getString("role")),
                row.getBoolean("active"));
    }

    private static @Nullable String clear(@Nullable Personal personal) {
        return personal == null ? null : personal.clear();
    }
}
