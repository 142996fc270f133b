import { describe, expect, it } from 'vitest'
import { opened } from './api.test.support.ts'
import { twitterApi } from './twitter-api.ts'

const LOGIN = '{"username":"john","password":"john1234"}'

describe('tweets', () => {
  it.each(['post_tweet', 'retweet', 'comment', 'follow_user', 'unfollow_user', 'list_all_following'])(
    '%s needs a login',
    (tool) => {
      const { call, state } = opened(twitterApi)
      const start = state()
      expect(call(tool, '{"content":"x","tweet_id":0,"comment_content":"x"}')).toContain('error')
      expect(state()).toBe(start)
    },
  )

  it('a login that fails leaves an earlier one', () => {
    const { call } = opened(twitterApi)
    expect(call('authenticate_twitter', LOGIN.replace('1234', '0'))).toBe('{"authentication_status": false}')
    expect(call('posting_get_login_status')).toBe('{"login_status": false}')
    call('authenticate_twitter', LOGIN)
    call('authenticate_twitter', LOGIN.replace('1234', '0'))
    expect(call('posting_get_login_status')).toBe('{"login_status": true}')
  })

  it('are numbered on, answered, and repeated once', () => {
    const { call } = opened(twitterApi, '{"authenticated":true,"tweet_counter":10}')
    expect(call('post_tweet', '{"content":"x","tags":["#t"]}')).toBe(
      '{"id": 10, "username": "john", "content": "x", "tags": ["#t"], "mentions": []}',
    )
    expect(call('mention', '{"tweet_id":10,"mentioned_usernames":["@a"]}')).toContain('successfully')
    expect(call('get_tweet', '{"tweet_id":10}')).toContain('"mentions": ["@a"]')
    expect(call('comment', '{"tweet_id":10,"comment_content":"c"}')).toContain('successfully')
    expect(call('get_tweet_comments', '{"tweet_id":10}')).toBe(
      '{"comments": [{"username": "john", "comment": "c"}]}',
    )
    expect(call('retweet', '{"tweet_id":10}')).toContain('Successfully')
    expect(call('retweet', '{"tweet_id":10}')).toContain('Already')
    expect(call('retweet', '{"tweet_id":0}')).toContain('error')
    expect(call('search_tweets', '{"keyword":"#T"}')).toContain('"id": 10')
    expect(call('search_tweets', '{"keyword":"@a"}')).toBe('{"matching_tweets": []}')
    expect(call('get_user_stats', '{"username":"john"}')).toBe(
      '{"tweet_count": 1, "following_count": 2, "retweet_count": 1}',
    )
  })

  it('follows and unfollows once', () => {
    const { call } = opened(twitterApi, '{"authenticated":true,"following_list":[]}')
    const follow = () => call('follow_user', '{"username_to_follow":"a"}')
    const unfollow = () => call('unfollow_user', '{"username_to_unfollow":"a"}')
    expect([follow(), follow()]).toEqual(['{"follow_status": true}', '{"follow_status": false}'])
    expect([unfollow(), unfollow()]).toEqual(['{"unfollow_status": true}', '{"unfollow_status": false}'])
  })
})
