" What a user does in Vim with ALE. $PLAN is a JSON file; see plan.py.
let s:plan = json_decode(join(readfile($PLAN), ''))
let s:report = {}
let s:choice = ''

function! s:Finish(failure) abort
  if !empty(a:failure)
    let s:report.failure = a:failure
  endif
  call writefile([json_encode(s:report)], s:plan.report)
  execute empty(a:failure) ? 'qall!' : 'cquit!'
endfunction

function! s:Wait(what, Condition) abort
  let l:start = reltime()
  while !a:Condition()
    if reltimefloat(reltime(l:start)) > s:plan.deadline
      call s:Finish('no ' . a:what)
    endif
    sleep 10m
  endwhile
endfunction

function! s:Found() abort
  let l:items = get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', [])
  return filter(copy(l:items), 'v:val.linter_name is# "mmupgrade"')
endfunction

" ALE takes the server's UTF-16 columns as they are.
function! s:CodePoints(line, units) abort
  let l:count = 0
  let l:units = 0
  for l:char in split(getline(a:line), '\zs')
    if l:units >= a:units
      break
    endif
    let l:count += 1
    let l:units += char2nr(l:char) > 0xFFFF ? 2 : 1
  endfor
  return l:count
endfunction

function! s:Diagnostic(item) abort
  return {
  \ 'line': a:item.lnum,
  \ 'column': s:CodePoints(a:item.lnum, a:item.col - 1) + 1,
  \ 'end_line': a:item.end_lnum,
  \ 'end_column': s:CodePoints(a:item.end_lnum, a:item.end_col) + 1,
  \ 'code': a:item.code,
  \ 'source': matchstr(a:item.detail, '^\[\zs[^]]*'),
  \ 'message': a:item.text,
  \}
endfunction

function! s:Diagnostics() abort
  return map(s:Found(), 's:Diagnostic(v:val)')
endfunction

function! s:WaitForDiagnostics(count) abort
  call s:Wait(a:count . ' diagnostics', {-> len(s:Found()) == a:count})
endfunction

function! s:Go(place) abort
  call cursor(a:place.line, byteidx(getline(a:place.line), a:place.column - 1) + 1)
endfunction

function! s:Save(name) abort
  silent write
  call writefile(readfile(expand('%:p'), 'b'), s:plan.saved . '/' . a:name, 'b')
endfunction

function! s:Change(what, command) abort
  let l:tick = b:changedtick
  execute a:command
  call s:Wait(a:what, {-> b:changedtick != l:tick})
  " Vim tells of a change when it waits for a key.
  doautocmd TextChanged
endfunction

function! s:Pick(prompt) abort
  for l:line in split(a:prompt, "\n")
    let [l:number, l:title] = matchlist(l:line, '\v^(\d*)%(\) )?(.*)$')[1:2]
    if l:title is# s:choice
      return l:number
    endif
  endfor
  call s:Finish('no action ' . s:choice . ' among ' . a:prompt)
endfunction

function! s:Preview() abort
  for l:window in getwininfo()
    if getwinvar(l:window.winid, '&previewwindow')
      return join(getbufline(l:window.bufnr, 1, '$'), "\n")
    endif
  endfor
  return ''
endfunction

function! s:Run() abort
  runtime autoload/ale/util.vim
  function! ale#util#Input(prompt, ...) abort
    return s:Pick(a:prompt)
  endfunction

  call s:WaitForDiagnostics(s:plan.counts.found)
  let s:report.diagnostics = s:Diagnostics()
  let s:report.root = MmupgradeRoot(bufnr(''))

  call s:Go(s:plan.hover)
  let g:ale_hover_to_preview = 1
  ALEHover
  call s:Wait('hover', {-> !empty(s:Preview())})
  let s:report.hover = s:Preview()
  pclose

  call s:Go(s:plan.fix)
  let s:choice = s:plan.fix.title
  call s:Change('quick fix', 'ALECodeAction')
  call s:WaitForDiagnostics(s:plan.counts.fixed)
  call s:Save('quick-fix.py')

  call s:Change('undo', 'undo')
  call s:WaitForDiagnostics(s:plan.counts.found)
  call s:Save('undo.py')

  let s:choice = s:plan.fix_all
  call s:Change('fix-all', 'ALECodeAction')
  call s:WaitForDiagnostics(s:plan.counts.left)
  let s:report.left = s:Diagnostics()
  call s:Save('fix-all.py')
  call s:Finish('')
endfunction

function! s:Start() abort
  try
    call s:Run()
  catch
    call s:Finish(v:exception . ' in ' . v:throwpoint)
  endtry
endfunction

" ALE waits for Vim to have started.
autocmd VimEnter * ++once call s:Start()
