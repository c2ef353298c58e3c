package io.llmplatform.command.team;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.team.TeamCommand.AddTeamManager;
import io.llmplatform.command.team.TeamCommand.RemoveTeamManager;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.command.user.UserCommand.JoinTeam;
import io.llmplatform.command.user.UserCommand.LeaveTeam;
import io.llmplatform.contracts.id.Ids;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Members and managers of a team. Membership stands at the person, so who joins or leaves is the entity that changes:
 * the answer has their id and version. Managers stand at the team.
 */
@RestController
@RequestMapping("/api/admin/v1/teams/{id}")
class TeamPeopleController {
    private final Commands commands;
    private final Accounts accounts;
    private final NameClaims claims;

    TeamPeopleController(Commands commands, Accounts accounts, NameClaims claims) {
        this.commands = commands;
        this.accounts = accounts;
        this.claims = claims;
    }

    @PostMapping("/members")
    ResponseEntity<Written> addMember(Caller caller, @PathVariable String id, @RequestBody TeamPerson body) {
        var team = team(id);
        var user = user(body);
        return commands.change(caller, user, new JoinTeam(user, team));
    }

    @DeleteMapping("/members/{user_id}")
    ResponseEntity<Written> removeMember(
            Caller caller, @PathVariable String id, @PathVariable("user_id") String userId) {
        var team = team(id);
        var user = Commands.id(Ids.Kind.USER, userId);
        return commands.change(caller, user, new LeaveTeam(user, team));
    }

    @PostMapping("/managers")
    ResponseEntity<Written> addManager(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody TeamPerson body) {
        var team = team(id);
        return commands.change(caller, team, new AddTeamManager(team, IfMatch.version(ifMatch), user(body)));
    }

    @DeleteMapping("/managers/{user_id}")
    ResponseEntity<Written> removeManager(
            Caller caller,
            @PathVariable String id,
            @PathVariable("user_id") String userId,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        var team = team(id);
        var user = Commands.id(Ids.Kind.USER, userId);
        return commands.change(caller, team, new RemoveTeamManager(team, IfMatch.version(ifMatch), user));
    }

    private String team(String id) {
        if (claims.isOwner(NameClaims.Kind.TEAM, Commands.id(Ids.Kind.TEAM, id))) {
            return id;
        }
        throw new Refusal.NotFound("team", id);
    }

    private String user(TeamPerson body) {
        new FieldErrors().required("user_id", body.userId, 1, 64).throwIfAny();
        var userId = Objects.requireNonNull(body.userId);
        return accounts.byId(userId)
                .orElseThrow(() -> new Refusal.UnknownReference("user_id", "no such user"))
                .id();
    }

    record TeamPerson(@Nullable String userId) {}
}
