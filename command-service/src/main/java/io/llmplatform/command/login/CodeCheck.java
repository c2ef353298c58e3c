package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.secondfactor.FactorSecrets;
import io.llmplatform.command.secondfactor.RecoveryCodes;
import io.llmplatform.command.secondfactor.SecondFactors;
import io.llmplatform.command.secondfactor.SecondFactors.Factor;
import io.llmplatform.command.secondfactor.Totp;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.UserCommand.UseRecoveryCode;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Checks codes of second factors in force, slows down guessing, and uses up what was right. */
@Component
class CodeCheck {
    private final SecondFactors factors;
    private final FactorSecrets secrets;
    private final RecoveryCodes recoveryCodes;
    private final LoginThrottle throttle;
    private final Commands commands;
    private final Clock clock;

    CodeCheck(
            SecondFactors factors,
            FactorSecrets secrets,
            RecoveryCodes recoveryCodes,
            LoginThrottle throttle,
            Commands commands,
            Clock clock) {
        this.factors = factors;
        this.secrets = secrets;
        this.recoveryCodes = recoveryCodes;
        this.throttle = throttle;
        this.commands = commands;
        this.clock = clock;
    }

    boolean areNeededBy(String userId) {
        return factors.find(userId).filter(Factor::inForce).isPresent();
    }

    /** @throws io.llmplatform.command.refusal.TooManyAttempts after too many wrong ones */
    Outcome check(Account account, String code, Caller.Origin origin) {
        var attempt = throttle.codeAttempt(account.id());
        var outcome = Totp.wellFormed(code) ? app(account.id(), code) : recovery(account, code, origin);
        if (outcome == Outcome.APP || outcome == Outcome.RECOVERY) {
            attempt.succeeded();
        }
        return outcome;
    }

    private Outcome app(String userId, String code) {
        var factor = factors.find(userId).filter(Factor::inForce);
        if (factor.isEmpty()) {
            return Outcome.WRONG;
        }
        var step = Totp.step(secrets.open(factor.get().secret(), userId), code, clock.instant());
        if (step.isEmpty()) {
            return Outcome.WRONG;
        }
        return factors.useStep(userId, step.getAsLong()) ? Outcome.APP : Outcome.REPLAYED;
    }

    private Outcome recovery(Account account, String code, Caller.Origin origin) {
        if (!RecoveryCodes.wellFormed(code)) {
            return Outcome.WRONG;
        }
        var hash = recoveryCodes.hash(account.id(), code);
        if (!factors.hasRecoveryCode(account.id(), hash)) {
            return Outcome.WRONG;
        }
        var caller = new Caller(account.id(), account.username(), account.role(), origin, Caller.NO_SESSION);
        try {
            commands.change(caller, account.id(), new UseRecoveryCode(account.id(), hash));
            return Outcome.RECOVERY;
        } catch (Refusal.Conflict e) {
            return Outcome.REPLAYED; // by somebody who was faster
        }
    }

    /** What a code was. */
    enum Outcome {
        APP,
        RECOVERY,
        WRONG,
        REPLAYED
    }
}
