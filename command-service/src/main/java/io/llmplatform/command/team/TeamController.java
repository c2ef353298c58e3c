package io.llmplatform.command.team;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.change.Change;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.policy.BudgetInput;
import io.llmplatform.command.policy.LimitsInput;
import io.llmplatform.command.team.TeamCommand.CreateTeam;
import io.llmplatform.command.team.TeamCommand.DisableTeam;
import io.llmplatform.command.team.TeamCommand.EditTeam;
import io.llmplatform.command.team.TeamCommand.EnableTeam;
import io.llmplatform.contracts.event.TeamEvent.Details;
import io.llmplatform.contracts.id.Ids;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes under {@code teams}. */
@RestController
@RequestMapping("/api/admin/v1/teams")
class TeamController {
    private final Commands commands;
    private final Ids ids;

    TeamController(Commands commands, Ids ids) {
        this.commands = commands;
        this.ids = ids;
    }

    @PostMapping
    ResponseEntity<Written> create(Caller caller, @RequestBody NewTeam body) {
        var errors = new FieldErrors().required("name", body.name, 1, 100);
        LimitsInput.check(errors, "limits", body.limits);
        BudgetInput.check(errors, body.budgets);
        errors.throwIfAny();
        var id = ids.next(Ids.Kind.TEAM);
        return commands.create(
                caller,
                id,
                new CreateTeam(
                        id,
                        new Details(
                                Objects.requireNonNull(body.name),
                                LimitsInput.limits(body.limits),
                                BudgetInput.budgets(body.budgets))));
    }

    @PatchMapping("/{id}")
    ResponseEntity<Written> edit(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody TeamEdit body) {
        var errors = new FieldErrors().notCleared("name", body.name).optional("name", body.name.value(), 1, 100);
        LimitsInput.check(errors, "limits", body.limits.value());
        BudgetInput.check(errors, body.budgets.value());
        errors.throwIfAny();
        return commands.change(
                caller,
                known(id),
                new EditTeam(
                        id,
                        IfMatch.version(ifMatch),
                        body.name,
                        body.limits.mapOrClear(LimitsInput::limits),
                        body.budgets.mapOrClear(BudgetInput::budgets)));
    }

    @PostMapping("/{id}/disable")
    ResponseEntity<Written> disable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, known(id), new DisableTeam(id, IfMatch.version(ifMatch)));
    }

    @PostMapping("/{id}/enable")
    ResponseEntity<Written> enable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, known(id), new EnableTeam(id, IfMatch.version(ifMatch)));
    }

    private static String known(String id) {
        return Commands.id(Ids.Kind.TEAM, id);
    }

    record NewTeam(
            @Nullable String name,
            @Nullable LimitsInput limits,
            @Nullable List<BudgetInput> budgets) {}

    record TeamEdit(Change<String> name, Change<LimitsInput> limits, Change<List<BudgetInput>> budgets) {}
}
