-- What a user does in Neovim, 0.7 or newer. $PLAN is a JSON file; see plan.py.
local plan = vim.fn.json_decode(vim.fn.readfile(vim.env.PLAN))
local report = {}
local choice

local function finish(failure)
  report.failure = failure
  vim.fn.writefile({ vim.fn.json_encode(report) }, plan.report)
  vim.cmd(failure and 'cquit 1' or 'qall!')
end

local function wait(what, condition)
  if not vim.wait(plan.deadline * 1000, condition, 10) then
    finish('no ' .. what)
    error(what)
  end
end

vim.ui.select = function(items, options, choose)
  local offered = vim.tbl_map(options.format_item, items)
  for index, title in ipairs(offered) do
    if title == choice then
      return choose(items[index], index)
    end
  end
  finish('no action ' .. choice .. ' among ' .. vim.inspect(offered))
end

local function code_points(lnum, byte)
  local line = vim.api.nvim_buf_get_lines(0, lnum, lnum + 1, false)[1] or ''
  return vim.fn.strchars(line:sub(1, byte))
end

local function diagnostics()
  return vim.tbl_map(function(item)
    return {
      line = item.lnum + 1,
      column = code_points(item.lnum, item.col) + 1,
      end_line = item.end_lnum + 1,
      end_column = code_points(item.end_lnum, item.end_col) + 1,
      code = item.user_data.lsp.code,
      source = item.source,
      message = item.message,
    }
  end, vim.diagnostic.get(0))
end

local function wait_for_diagnostics(count)
  wait(count .. ' diagnostics', function()
    return #vim.diagnostic.get(0) == count
  end)
end

local function go(place)
  local line = vim.fn.getline(place.line)
  vim.api.nvim_win_set_cursor(0, { place.line, vim.fn.byteidx(line, place.column - 1) })
end

local function save(name)
  vim.cmd('silent write')
  vim.loop.fs_copyfile(vim.api.nvim_buf_get_name(0), plan.saved .. '/' .. name)
end

local function change(what, act)
  local before = vim.api.nvim_buf_get_changedtick(0)
  act()
  wait(what, function()
    return vim.api.nvim_buf_get_changedtick(0) ~= before
  end)
end

local function hover()
  local window
  vim.lsp.buf.hover()
  wait('hover', function()
    for _, id in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(id).relative ~= '' then
        window = id
      end
    end
    return window
  end)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
  vim.api.nvim_win_close(window, true)
  return table.concat(lines, '\n')
end

wait_for_diagnostics(plan.counts.found)
report.diagnostics = diagnostics()
report.root = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1].config.root_dir

go(plan.hover)
report.hover = hover()

go(plan.fix)
choice = plan.fix.title
change('quick fix', vim.lsp.buf.code_action)
wait_for_diagnostics(plan.counts.fixed)
save('quick-fix.py')

change('undo', function()
  vim.cmd('undo')
end)
wait_for_diagnostics(plan.counts.found)
save('undo.py')

choice = plan.fix_all
change('fix-all', function()
  vim.cmd('MmupgradeFixAll')
end)
wait_for_diagnostics(plan.counts.left)
report.left = diagnostics()
save('fix-all.py')
finish()
