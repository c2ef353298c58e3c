package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.secondfactor.FactorSecrets;
import io.llmplatform.command.secondfactor.RecoveryCodes;
import io.llmplatform.command.secondfactor.SecondFactors;
import io.llmplatform.command.secondfactor.SecondFactors.Factor;
import io.llmplatform.command.secondfactor.Totp;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.command.user.UserCommand.EnrolSecondFactor;
import io.llmplatform.command.user.UserCommand.RemoveSecondFactor;
import io.llmplatform.contracts.event.UserEvent.RemovedBy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The current person's second factor. To begin one and to remove it takes more than a token: else who has stolen one
 * could lock its person out, or open the account to whoever has the password.
 */
@RestController
@RequestMapping("/api/admin/v1/auth/second-factor")
class SecondFactorController {
    static final int LONGEST_CODE = 20;

    private final SecondFactors factors;
    private final FactorSecrets secrets;
    private final RecoveryCodes recoveryCodes;
    private final OwnPassword own;
    private final CodeCheck codes;
    private final LoginThrottle throttle;
    private final Accounts accounts;
    private final Commands commands;
    private final SecureRandom random;
    private final Clock clock;

    SecondFactorController(
            SecondFactors factors,
            FactorSecrets secrets,
            RecoveryCodes recoveryCodes,
            OwnPassword own,
            CodeCheck codes,
            LoginThrottle throttle,
            Accounts accounts,
            Commands commands,
            SecureRandom random,
            Clock clock) {
        this.factors = factors;
        this.secrets = secrets;
        this.recoveryCodes = recoveryCodes;
        this.own = own;
        this.codes = codes;
        this.throttle = throttle;
        this.accounts = accounts;
        this.commands = commands;
        this.random = random;
        this.clock = clock;
    }

    @GetMapping
    State state(Caller caller) {
        var since = factors.find(caller.userId()).map(Factor::since).orElse(null);
        return new State(since != null, since, since == null ? 0 : factors.recoveryCodesLeft(caller.userId()));
    }

    /** Begins anew each time; nothing comes into force by it. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Begun begin(Caller caller, @RequestBody Password body) {
        own.require(caller, "password", body.password);
        var secret = Totp.secret(random);
        if (!factors.begin(caller.userId(), secrets.seal(secret, caller.userId()))) {
            throw new Refusal.Conflict("there is a second factor already; remove it first");
        }
        return new Begun(secret, Totp.uri(secret, caller.username()));
    }

    @PostMapping("/confirm")
    ResponseEntity<Enrolled> confirm(Caller caller, @RequestBody Code body) {
        new FieldErrors().required("code", body.code, 1, LONGEST_CODE).throwIfAny();
        var begun = factors.find(caller.userId())
                .filter(factor -> !factor.inForce())
                .orElseThrow(() -> new Refusal.Conflict("no second factor was begun that is not in force yet"));
        var attempt = throttle.codeAttempt(caller.userId());
        var secret = secrets.open(begun.secret(), caller.userId());
        long step = Totp.step(secret, Objects.requireNonNull(body.code), clock.instant())
                .orElseThrow(() -> new Refusal.Invalid("code", "is wrong or too old"));
        attempt.succeeded();
        var shown = recoveryCodes.mint();
        var hashes = shown.stream()
                .map(code -> recoveryCodes.hash(caller.userId(), code))
                .toList();
        return commands.change(
                caller,
                caller.userId(),
                new EnrolSecondFactor(caller.userId(), begun.secret(), step, hashes),
                (id, version) -> new Enrolled(id, version, shown));
    }

    @PostMapping("/remove")
    ResponseEntity<Written> remove(Caller caller, @RequestBody Removal body) {
        new FieldErrors()
                .check((body.code == null) != (body.password == null), "code", "expected either code or password")
                .optional("code", body.code, 1, LONGEST_CODE)
                .throwIfAny();
        if (!codes.areNeededBy(caller.userId())) {
            throw new Refusal.Conflict("there is no second factor");
        }
        return commands.change(
                caller, caller.userId(), new RemoveSecondFactor(caller.userId(), null, entitlement(caller, body)));
    }

    private RemovedBy entitlement(Caller caller, Removal body) {
        if (body.code == null) {
            own.require(caller, "password", body.password);
            return RemovedBy.PASSWORD;
        }
        return switch (codes.check(account(caller), body.code, caller.origin())) {
            case APP -> RemovedBy.CODE;
            case RECOVERY -> RemovedBy.RECOVERY_CODE;
            case WRONG, REPLAYED -> throw new Refusal.Invalid("code", "is wrong, too old or used already");
        };
    }

    private Account account(Caller caller) {
        return accounts.byId(caller.userId()).orElseThrow(() -> new Refusal.NotFound("user", caller.userId()));
    }

    /** @param since when it came into force */
    record State(boolean enrolled, @Nullable Instant since, int recoveryCodesLeft) {}

    record Password(@Nullable String password) {
        @Override
        public String toString() {
            return "Password[…]";
        }
    }

    record Code(@Nullable String code) {
        @Override
        public String toString() {
            return "Code[…]";
        }
    }

    record Removal(@Nullable String code, @Nullable String password) {
        @Override
        public String toString() {
            return "Removal[…]";
        }
    }

    /** @param uri for a QR code */
    record Begun(String secret, String uri) {
        @Override
        public String toString() {
            return "Begun[…]";
        }
    }

    /** @param recoveryCodes shown here and never again */
    record Enrolled(String id, long version, List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "Enrolled[" + id + "]";
        }
    }
}
