package io.llmplatform.command.user;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.http.OriginFilter;
import io.llmplatform.command.invitation.GuessThrottle;
import io.llmplatform.command.invitation.InvitationMint;
import io.llmplatform.command.invitation.InvitationToken;
import io.llmplatform.command.invitation.Invitations;
import io.llmplatform.command.password.PasswordRules;
import io.llmplatform.command.password.Passwords;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.user.UserCommand.AcceptInvitation;
import io.llmplatform.command.user.UserCommand.Invitation;
import io.llmplatform.command.user.UserCommand.InviteUser;
import io.llmplatform.contracts.id.Ids;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One-time links: a new one for a person, and what that person does with it before they can log in. */
@RestController
@RequestMapping("/api/admin/v1")
class InvitationController {
    private final Commands commands;
    private final Accounts accounts;
    private final Invitations invitations;
    private final InvitationMint mint;
    private final GuessThrottle throttle;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Clock clock;

    InvitationController(
            Commands commands,
            Accounts accounts,
            Invitations invitations,
            InvitationMint mint,
            GuessThrottle throttle,
            Passwords passwords,
            PasswordRules rules,
            Clock clock) {
        this.commands = commands;
        this.accounts = accounts;
        this.invitations = invitations;
        this.mint = mint;
        this.throttle = throttle;
        this.passwords = passwords;
        this.rules = rules;
        this.clock = clock;
    }

    @PostMapping("/users/{id}/invite")
    ResponseEntity<Invited> invite(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        var link = mint.mint();
        var invitation = new Invitation(link.hash(), link.expiresAt());
        return commands.change(
                caller,
                Commands.id(Ids.Kind.USER, id),
                new InviteUser(id, IfMatch.version(ifMatch), invitation),
                (_, version) -> new Invited(id, version, InvitationLink.of(link)));
    }

    /** In the words of one answer whether a token never was, is used, replaced or expired. */
    @PostMapping("/auth/invitations/accept")
    ResponseEntity<Accepted> accept(@RequestBody Acceptance body, HttpServletRequest request) {
        var origin = OriginFilter.origin(request);
        var address = String.valueOf(origin.ip());
        throttle.check(address);
        new FieldErrors()
                .present("token", body.token)
                .present("password", body.password)
                .throwIfAny();
        var token = Objects.requireNonNull(body.token);
        var password = Objects.requireNonNull(body.password);
        var account = invited(token).orElseThrow(() -> {
            throttle.failed(address);
            return new Refusal.Invalid("token", "is not an invitation in force; ask for a new link");
        });
        rules.problem(password, account.username()).ifPresent(problem -> {
            throw new Refusal.Invalid("password", problem);
        });
        return commands.change(
                new Caller(account.id(), account.username(), account.role(), origin, Caller.NO_SESSION),
                account.id(),
                new AcceptInvitation(account.id(), InvitationToken.hash(token), passwords.hash(password)),
                (id, version) -> new Accepted(id, version, account.username()));
    }

    private Optional<Account> invited(String token) {
        return InvitationToken.wellFormed(token)
                ? invitations
                        .invited(InvitationToken.hash(token), clock.instant())
                        .flatMap(accounts::byId)
                        .filter(Account::active)
                : Optional.empty();
    }

    record Invited(String id, long version, InvitationLink invitation) {}

    record Accepted(String id, long version, String username) {}

    record Acceptance(@Nullable String token, @Nullable String password) {
        @Override
        public String toString() {
            return "Acceptance[…]";
        }
    }
}
