package io.llmplatform.command.user;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.change.Change;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.invitation.InvitationMint;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.policy.BudgetInput;
import io.llmplatform.command.policy.LimitsInput;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.user.UserCommand.ChangePassword;
import io.llmplatform.command.user.UserCommand.CreateUser;
import io.llmplatform.command.user.UserCommand.DisableUser;
import io.llmplatform.command.user.UserCommand.Edit;
import io.llmplatform.command.user.UserCommand.EditUser;
import io.llmplatform.command.user.UserCommand.EnableUser;
import io.llmplatform.command.user.UserCommand.Invitation;
import io.llmplatform.command.user.UserCommand.RemoveSecondFactor;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent.Details;
import io.llmplatform.contracts.event.UserEvent.RemovedBy;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.id.Ids;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes under {@code users}. */
@RestController
@RequestMapping("/api/admin/v1/users")
class UserController {
    private static final Pattern USERNAME = Pattern.compile("^[A-Za-z0-9][A-Za-z0-9._@-]*$");

    private final Commands commands;
    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final InvitationMint invitations;
    private final Ids ids;

    UserController(
            Commands commands,
            Accounts accounts,
            Passwords passwords,
            PasswordRules rules,
            InvitationMint invitations,
            Ids ids) {
        this.commands = commands;
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.invitations = invitations;
        this.ids = ids;
    }

    /** Without a password the person is invited: the answer has the one-time link by which they set it. */
    @PostMapping
    ResponseEntity<Created> create(Caller caller, @RequestBody NewUser body) {
        var errors = new FieldErrors()
                .required("username", body.username, 2, 64)
                .matches("username", body.username, USERNAME)
                .optional("email", body.email, 1, 254)
                .optional("display_name", body.displayName, 1, 100)
                .optional("team_id", body.teamId, 1, 64);
        LimitsInput.check(errors, "limits", body.limits);
        BudgetInput.check(errors, body.budgets);
        if (body.password != null) {
            rules.problem(body.password, Objects.requireNonNullElse(body.username, ""))
                    .ifPresent(problem -> errors.add("password", problem));
        }
        errors.throwIfAny();
        var id = ids.next(Ids.Kind.USER);
        var username = Objects.requireNonNull(body.username);
        if (body.password != null) {
            var hash = passwords.hash(body.password);
            return commands.create(
                    caller,
                    id,
                    new CreateUser(id, username, hash, body.details(id)),
                    (_, version) -> new Created(id, version, null));
        }
        var link = invitations.mint();
        return commands.create(
                caller,
                id,
                new CreateUser(id, username, null, body.details(id), new Invitation(link.hash(), link.expiresAt())),
                (_, version) -> new Created(id, version, InvitationLink.of(link)));
    }

    @PatchMapping("/{id}")
    ResponseEntity<Written> edit(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody UserEdit body) {
        var errors = new FieldErrors()
                .optional("email", body.email.value(), 1, 254)
                .optional("display_name", body.displayName.value(), 1, 100)
                .optional("team_id", body.teamId.value(), 1, 64)
                .notCleared("role", body.role);
        LimitsInput.check(errors, "limits", body.limits.value());
        BudgetInput.check(errors, body.budgets.value());
        errors.throwIfAny();
        return commands.change(
                caller, known(id), new EditUser(id, IfMatch.version(ifMatch), caller.userId(), body.edit()));
    }

    @PostMapping("/{id}/disable")
    ResponseEntity<Written> disable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, known(id), new DisableUser(id, IfMatch.version(ifMatch), caller.userId()));
    }

    @PostMapping("/{id}/enable")
    ResponseEntity<Written> enable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, known(id), new EnableUser(id, IfMatch.version(ifMatch)));
    }

    @PostMapping("/{id}/password")
    ResponseEntity<Written> resetPassword(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody PasswordReset body) {
        var account = accounts.byId(known(id)).orElseThrow(() -> new Refusal.NotFound("user", id));
        new FieldErrors().present("password", body.password).throwIfAny();
        var password = Objects.requireNonNull(body.password);
        rules.problem(password, account.username()).ifPresent(problem -> {
            throw new Refusal.Invalid("password", problem);
        });
        var kept = id.equals(caller.userId()) ? caller.sessionId() : null;
        return commands.change(
                caller, id, new ChangePassword(id, IfMatch.version(ifMatch), passwords.hash(password), kept));
    }

    /** For a lost phone. One's own is removed with a code or the password: a stolen token must not be enough. */
    @PostMapping("/{id}/second-factor/remove")
    ResponseEntity<Written> removeSecondFactor(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody SecondFactorRemoval body) {
        new FieldErrors().required("reason", body.reason, 1, 500).throwIfAny();
        if (id.equals(caller.userId())) {
            throw new Refusal.Conflict("remove your own second factor by a code or your password");
        }
        return commands.change(
                caller.because(Objects.requireNonNull(body.reason)),
                known(id),
                new RemoveSecondFactor(id, IfMatch.version(ifMatch), RemovedBy.ADMINISTRATOR));
    }

    private static String known(String id) {
        return Commands.id(Ids.Kind.USER, id);
    }

    record NewUser(
            @Nullable String username,
            @Nullable String password,
            @Nullable String email,
            @Nullable String displayName,
            @Nullable Role role,
            @Nullable String teamId,
            @Nullable LimitsInput limits,
            @Nullable List<BudgetInput> budgets) {
        Details details(String id) {
            return new Details(
                    email == null ? null : new Personal(id, email),
                    displayName == null ? null : new Personal(id, displayName),
                    Objects.requireNonNullElse(role, Role.MEMBER),
                    teamId,
                    LimitsInput.limits(limits),
                    BudgetInput.budgets(budgets));
        }

        @Override
        public String toString() {
            return "NewUser[" + username + "]";
        }
    }

    record Created(String id, long version, @Nullable InvitationLink invitation) {}

    record UserEdit(
            Change<String> email,
            Change<String> displayName,
            Change<Role> role,
            Change<String> teamId,
            Change<LimitsInput> limits,
            Change<List<BudgetInput>> budgets) {
        Edit edit() {
            return new Edit(
                    email,
                    displayName,
                    role,
                    teamId,
                    limits.mapOrClear(LimitsInput::limits),
                    budgets.mapOrClear(BudgetInput::budgets));
        }
    }

    record SecondFactorRemoval(@Nullable String reason) {}

    record PasswordReset(@Nullable String password) {
        @Override
        public String toString() {
            return "PasswordReset[…]";
        }
    }
}
