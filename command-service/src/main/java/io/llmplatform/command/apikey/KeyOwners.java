package io.llmplatform.command.apikey;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.user.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whom somebody may issue a key for. */
@Component
class KeyOwners {
    private final Accounts accounts;
    private final NameClaims claims;
    private final KeyOversight oversight;

    KeyOwners(Accounts accounts, NameClaims claims, KeyOversight oversight) {
        this.accounts = accounts;
        this.claims = claims;
        this.oversight = oversight;
    }

    /**
     * The caller when neither is given.
     *
     * @throws Refusal.Forbidden when they may not; also to learn whether there is such a person or team
     */
    Owner of(Caller caller, @Nullable String userId, @Nullable String teamId) {
        if (teamId != null) {
            var team = Owner.team(teamId);
            require(caller, team, "only administrators and its managers issue keys for a team");
            if (!claims.isOwner(NameClaims.Kind.TEAM, teamId)) {
                throw new Refusal.UnknownReference("team_id", "no such team");
            }
            return team;
        }
        if (userId == null || userId.equals(caller.userId())) {
            return Owner.user(caller.userId());
        }
        var user = Owner.user(userId);
        require(caller, user, "only administrators and managers of their team issue keys for others");
        if (accounts.byId(userId).isEmpty()) {
            throw new Refusal.UnknownReference("user_id", "no such user");
        }
        return user;
    }

    private void require(Caller caller, Owner owner, String otherwise) {
        if (!caller.isAdmin() && !oversight.oversees(caller.userId(), owner)) {
            throw new Refusal.Forbidden(otherwise);
        }
    }
}
