package io.llmplatform.command.seed;

import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.command.start.StartTask;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.command.user.UserCommand.CreateUser;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.id.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Outside demo mode: creates the first administrator from the environment while there is no account at all. */
@Component
class FirstAdministrator implements StartTask {
    private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

    private final PlatformSettings settings;
    private final Environment environment;
    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final SystemCommands commands;
    private final Ids ids;

    FirstAdministrator(
            PlatformSettings settings,
            Environment environment,
            Accounts accounts,
            Passwords passwords,
            PasswordRules rules,
            SystemCommands commands,
            Ids ids) {
        this.settings = settings;
        this.environment = environment;
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.commands = commands;
        this.ids = ids;
    }

    @Override
    public int order() {
        return SEED;
    }

    @Override
    public void run() {
        if (settings.demo() || !accounts.isEmpty()) {
            return;
        }
        var username = environment.getProperty("ADMIN_USERNAME", "");
        var password = environment.getProperty("ADMIN_PASSWORD", "");
        if (username.isBlank() || password.isBlank()) {
            log.warn(
                    "there is no account yet: set ADMIN_USERNAME and ADMIN_PASSWORD to create the first administrator");
            return;
        }
        rules.problem(password, username).ifPresent(problem -> {
            throw new IllegalStateException("ADMIN_PASSWORD: " + problem);
        });
        try {
            commands.send(
                    "first-start",
                    new CreateUser(
                            ids.next(Ids.Kind.USER),
                            username,
                            passwords.hash(password),
                            new UserEvent.Details(null, null, Role.ADMIN, null, null, null)));
            log.info("created the first administrator");
        } catch (Refusal.NameTaken e) {
            log.info("another instance created the first administrator");
        }
    }
}
