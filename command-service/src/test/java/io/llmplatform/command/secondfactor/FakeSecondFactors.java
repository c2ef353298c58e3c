package io.llmplatform.command.secondfactor;

import io.llmplatform.contracts.secret.SealedSecret;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Second factors in memory. */
public final class FakeSecondFactors implements SecondFactors {
    public final Map<String, Factor> factors = new HashMap<>();
    public final Map<String, Set<String>> recoveryCodes = new HashMap<>();

    @Override
    public boolean begin(String userId, SealedSecret secret) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Factor> find(String userId) {
        return Optional.ofNullable(factors.get(userId));
    }

    @Override
    public boolean confirm(String userId, SealedSecret secret, long step, Collection<String> codes, Instant at) {
        var begun = find(userId)
                .filter(factor -> !factor.inForce() && factor.secret().equals(secret));
        if (begun.isEmpty()) {
            return false;
        }
        factors.put(userId, new Factor(secret, at));
        recoveryCodes.put(userId, new HashSet<>(codes));
        return true;
    }

    @Override
    public boolean useStep(String userId, long step) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasRecoveryCode(String userId, String hash) {
        return recoveryCodes.getOrDefault(userId, Set.of()).contains(hash);
    }

    @Override
    public boolean useRecoveryCode(String userId, String hash) {
        return hasRecoveryCode(userId, hash) && recoveryCodes.get(userId).remove(hash);
    }

    @Override
    public int recoveryCodesLeft(String userId) {
        return recoveryCodes.getOrDefault(userId, Set.of()).size();
    }

    @Override
    public void remove(String userId) {
        factors.remove(userId);
        recoveryCodes.remove(userId);
    }
}
