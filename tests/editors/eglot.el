;; What a user does in Emacs with eglot. $PLAN is a JSON file; see plan.py.  -*- lexical-binding: t -*-
(require 'cl-lib)
(require 'flymake)
(require 'json)

(defvar plan (with-temp-buffer
               (insert-file-contents (getenv "PLAN"))
               (json-parse-buffer :object-type 'alist)))
(defvar report nil)
(defvar choice nil)

(defun look-up (&rest keys)
  (cl-reduce (lambda (held key) (alist-get key held)) keys :initial-value plan))

(defun finish (&optional failure)
  (when failure (push (cons 'failure failure) report))
  (with-temp-file (look-up 'report) (insert (json-serialize report)))
  (kill-emacs (if failure 1 0)))

(defun wait-for (what condition)
  (let ((end (+ (float-time) (look-up 'deadline))))
    (while (not (funcall condition))
      (when (> (float-time) end) (finish (format "no %s" what)))
      (accept-process-output nil 0.02))))

(defun pick (_prompt titles &rest _)
  (or (car (assoc choice titles)) (finish (format "no action %s among %S" choice titles))))

(defun place (position)
  (save-excursion
    (goto-char position)
    (list (line-number-at-pos) (1+ (- position (line-beginning-position))))))

(defun diagnostics ()
  (cl-loop for found in (flymake-diagnostics)
           for lsp = (alist-get 'eglot-lsp-diag (flymake-diagnostic-data found))
           for start = (place (flymake-diagnostic-beg found))
           for end = (place (flymake-diagnostic-end found))
           collect `((line . ,(car start)) (column . ,(cadr start))
                     (end_line . ,(car end)) (end_column . ,(cadr end))
                     (code . ,(plist-get lsp :code))
                     (source . ,(plist-get lsp :source))
                     (message . ,(plist-get lsp :message)))))

(defun wait-for-diagnostics (count)
  (wait-for (format "%d diagnostics" count)
            (lambda () (flymake-start) (= count (length (flymake-diagnostics))))))

(defun go (line column)
  (goto-char (point-min))
  (forward-line (1- line))
  (forward-char (1- column)))

(defun save-as (name)
  (save-buffer)
  (copy-file buffer-file-name (expand-file-name name (look-up 'saved))))

;; Batch Emacs has no command loop, which runs the hook that eglot waits for.
(find-file (look-up 'file))
(run-hooks 'post-command-hook)
(wait-for "server" #'eglot-managed-p)
(flymake-mode 1)
(fset 'completing-read #'pick)
(setq last-nonmenu-event t) ; not a mouse click, which would open a menu

(wait-for-diagnostics (look-up 'counts 'found))
(push (cons 'diagnostics (vconcat (diagnostics))) report)
(push (cons 'root (directory-file-name (expand-file-name (project-root (eglot--current-project)))))
      report)

(go (look-up 'hover 'line) (look-up 'hover 'column))
(let (text)
  (eglot-hover-eldoc-function (lambda (info &rest _) (setq text (or info text))))
  (wait-for "hover" (lambda () text))
  (push (cons 'hover (substring-no-properties text)) report))

(go (look-up 'fix 'line) (look-up 'fix 'column))
(setq choice (look-up 'fix 'title))
(undo-boundary)
(call-interactively #'eglot-code-actions)
(undo-boundary)
(eglot--signal-textDocument/didChange)
(wait-for-diagnostics (look-up 'counts 'fixed))
(save-as "quick-fix.py")

(undo-boundary)
(undo-only)
(eglot--signal-textDocument/didChange)
(wait-for-diagnostics (look-up 'counts 'found))
(save-as "undo.py")

(setq choice (look-up 'fix_all))
(mmupgrade-fix-all)
(eglot--signal-textDocument/didChange)
(wait-for-diagnostics (look-up 'counts 'left))
(push (cons 'left (vconcat (diagnostics))) report)
(save-as "fix-all.py")
(eglot-shutdown (eglot-current-server))
(finish)
