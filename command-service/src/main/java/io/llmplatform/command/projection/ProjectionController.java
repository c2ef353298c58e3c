package io.llmplatform.command.projection;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.projection.ProjectionCommand.CancelRebuild;
import io.llmplatform.command.projection.ProjectionCommand.PauseRebuild;
import io.llmplatform.command.projection.ProjectionCommand.RequestComparison;
import io.llmplatform.command.projection.ProjectionCommand.RequestDiscard;
import io.llmplatform.command.projection.ProjectionCommand.RequestRebuild;
import io.llmplatform.command.projection.ProjectionCommand.RequestRedrive;
import io.llmplatform.command.projection.ProjectionCommand.RequestRollback;
import io.llmplatform.command.projection.ProjectionCommand.RequestSwap;
import io.llmplatform.command.projection.ProjectionCommand.ResumeRebuild;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ProjectionEvent;
import io.llmplatform.contracts.event.ProjectionEvent.Swap;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes under {@code projections}: requests. What comes of them is read there too. */
@RestController
@RequestMapping("/api/admin/v1/projections/{name}")
class ProjectionController {
    private static final Pattern SWAP = Pattern.compile("manual|when_equal|when_caught_up");

    private final Commands commands;

    ProjectionController(Commands commands) {
        this.commands = commands;
    }

    @PostMapping("/rebuild")
    ResponseEntity<Written> rebuild(
            Caller caller, @PathVariable String name, @RequestBody(required = false) @Nullable NewBuild body) {
        var swap = body == null || body.swap == null ? Swap.MANUAL.wire() : body.swap;
        new FieldErrors().matches("swap", swap, SWAP).throwIfAny();
        return send(caller, new RequestRebuild(id(name), name, Swap.of(swap)));
    }

    @PostMapping("/pause")
    ResponseEntity<Written> pause(Caller caller, @PathVariable String name) {
        return send(caller, new PauseRebuild(id(name), name));
    }

    @PostMapping("/resume")
    ResponseEntity<Written> resume(Caller caller, @PathVariable String name) {
        return send(caller, new ResumeRebuild(id(name), name));
    }

    @PostMapping("/cancel")
    ResponseEntity<Written> cancel(Caller caller, @PathVariable String name) {
        return send(caller, new CancelRebuild(id(name), name));
    }

    @PostMapping("/compare")
    ResponseEntity<Written> compare(Caller caller, @PathVariable String name) {
        return send(caller, new RequestComparison(id(name), name));
    }

    @PostMapping("/swap")
    ResponseEntity<Written> swap(
            Caller caller, @PathVariable String name, @RequestBody(required = false) @Nullable SwapOrder body) {
        boolean accept = body != null && Boolean.TRUE.equals(body.acceptDifferences);
        return send(caller, new RequestSwap(id(name), name, accept));
    }

    @PostMapping("/rollback")
    ResponseEntity<Written> rollBack(Caller caller, @PathVariable String name) {
        return send(caller, new RequestRollback(id(name), name));
    }

    @PostMapping("/redrive")
    ResponseEntity<Written> redrive(
            Caller caller, @PathVariable String name, @RequestBody(required = false) @Nullable RecordChoice body) {
        return send(caller, new RequestRedrive(id(name), name, body == null ? null : body.recordId));
    }

    /** It is gone for good, so it takes a reason. */
    @PostMapping("/discard")
    ResponseEntity<Written> discard(Caller caller, @PathVariable String name, @RequestBody Discard body) {
        new FieldErrors()
                .present("record_id", body.recordId)
                .required("reason", body.reason, 1, 500)
                .throwIfAny();
        return send(
                caller.because(Objects.requireNonNull(body.reason)),
                new RequestDiscard(id(name), name, Objects.requireNonNull(body.recordId)));
    }

    private ResponseEntity<Written> send(Caller caller, ProjectionCommand command) {
        return commands.change(caller, command.id(), command);
    }

    private static String id(String name) {
        if (!ProjectionEvent.PROJECTIONS.contains(name)) {
            throw new Refusal.NotFound("projection", name);
        }
        return ProjectionEvent.id(name);
    }

    record NewBuild(@Nullable String swap) {}

    record SwapOrder(@Nullable Boolean acceptDifferences) {}

    record RecordChoice(@Nullable Long recordId) {}

    record Discard(@Nullable Long recordId, @Nullable String reason) {}
}
